using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace NinjaTraderHost
{
    /** What an assembly calls outside of itself, with the exact overload: what a reader of the source cannot see. */
    internal sealed class CallList
    {
        static readonly Dictionary<short, OpCode> opcodes = typeof(OpCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null))
            .ToDictionary(code => code.Value);
        static readonly HashSet<Type> cultured = new HashSet<Type>
        {
            typeof(double), typeof(float), typeof(decimal), typeof(DateTime)
        };

        readonly SortedDictionary<string, List<string>> callers = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);

        internal static Map Of(string file)
        {
            var list = new CallList();
            const BindingFlags every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (var type in Assembly.LoadFrom(Path.GetFullPath(file)).GetTypes())
            {
                foreach (var method in type.GetMethods(every)) list.Read(method);
                foreach (var constructor in type.GetConstructors(every)) list.Read(constructor);
            }
            return new Map
            {
                { "calls", list.callers.Select(each => new Map { { "callee", each.Key }, { "callers", each.Value } }).ToArray() }
            };
        }

        void Read(MethodBase method)
        {
            var body = method.GetMethodBody();
            if (body == null) return;
            var code = body.GetILAsByteArray();
            Type boxed = null;
            Type constrained = null;
            for (var at = 0; at < code.Length;)
            {
                var opcode = opcodes[code[at] == 0xfe ? (short)(0xfe00 | code[at + 1]) : code[at]];
                at += opcode.Size;
                if (opcode == OpCodes.Box || opcode == OpCodes.Constrained)
                {
                    var type = Resolved(() => method.Module.ResolveType(BitConverter.ToInt32(code, at), TypeArguments(method), MethodArguments(method)));
                    if (opcode == OpCodes.Constrained) constrained = type;
                    else if (type != null && cultured.Contains(type)) boxed = type;
                }
                else if (opcode.OperandType == OperandType.InlineMethod)
                {
                    var callee = Resolved(() => method.Module.ResolveMethod(BitConverter.ToInt32(code, at), TypeArguments(method), MethodArguments(method)));
                    if (callee != null) Add(method, callee, constrained, ref boxed);
                    constrained = null;
                }
                at += OperandSize(opcode.OperandType, code, at);
            }
        }

        void Add(MethodBase method, MethodBase callee, Type constrained, ref Type boxed)
        {
            // An inherited method of a number is called through the number's own type.
            var type = constrained != null && (constrained.IsPrimitive || cultured.Contains(constrained)) ? constrained : callee.DeclaringType;
            var name = type.Namespace + "." + type.Name + "::" + callee.Name;
            var parameters = string.Join(",", callee.GetParameters().Select(each => each.ParameterType.Namespace + "." + each.ParameterType.Name));
            if (callee.Module != method.Module) Add(method, name + "(" + parameters + ")");
            // A call that takes an object takes the boxed number with it; a sum of texts then writes it out.
            if (!callee.GetParameters().Any(each => each.ParameterType == typeof(object) || each.ParameterType == typeof(object[]))) return;
            if (boxed != null && name == "System.String::Concat") Add(method, name + "(" + boxed.FullName + ")");
            boxed = null;
        }

        void Add(MethodBase caller, string callee)
        {
            List<string> known;
            if (!callers.TryGetValue(callee, out known)) callers[callee] = known = new List<string>();
            known.Add(caller.DeclaringType.FullName + "." + caller.Name);
        }

        static T Resolved<T>(Func<T> resolve) where T : class
        {
            try { return resolve(); }
            catch (ArgumentException) { return null; }
        }

        static Type[] TypeArguments(MethodBase method)
        {
            return method.DeclaringType.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        }

        static Type[] MethodArguments(MethodBase method) { return method.IsGenericMethod ? method.GetGenericArguments() : null; }

        static int OperandSize(OperandType type, byte[] code, int at)
        {
            switch (type)
            {
                case OperandType.InlineNone: return 0;
                case OperandType.ShortInlineBrTarget:
                case OperandType.ShortInlineI:
                case OperandType.ShortInlineVar: return 1;
                case OperandType.InlineVar: return 2;
                case OperandType.InlineI8:
                case OperandType.InlineR: return 8;
                case OperandType.InlineSwitch: return 4 + 4 * BitConverter.ToInt32(code, at);
                default: return 4;
            }
        }
    }
}
