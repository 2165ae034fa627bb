using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Web.Script.Serialization;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** A command that cannot be carried out as it was given. */
    internal sealed class StepFault : Exception
    {
        internal StepFault(string message) : base(message) { }
    }

    /** One command: its name, and its arguments by name. */
    internal sealed class Step
    {
        readonly IDictionary<string, object> members;

        internal Step(IDictionary<string, object> members) { this.members = members; }

        internal static Step Parse(string line)
        {
            var parsed = new JavaScriptSerializer { MaxJsonLength = 10000000 }.DeserializeObject(line) as IDictionary<string, object>;
            if (parsed == null) throw new StepFault("a command is a JSON object");
            return new Step(parsed);
        }

        internal long Id { get { return (long)Number("id", 0); } }
        internal string Do { get { return Text("do"); } }
        internal IEnumerable<string> Names { get { return members.Keys; } }

        internal bool Has(string name) { return members.ContainsKey(name) && members[name] != null; }

        internal object Raw(string name) { return members.ContainsKey(name) ? members[name] : null; }

        internal string Text(string name)
        {
            if (!Has(name)) throw new StepFault("\"" + name + "\" is missing");
            return Convert.ToString(members[name], CultureInfo.InvariantCulture);
        }

        internal string Text(string name, string otherwise) { return Has(name) ? Text(name) : otherwise; }

        internal double Number(string name)
        {
            if (!Has(name)) throw new StepFault("\"" + name + "\" is missing");
            return Convert.ToDouble(members[name], CultureInfo.InvariantCulture);
        }

        internal double Number(string name, double otherwise) { return Has(name) ? Number(name) : otherwise; }

        internal int Whole(string name, int otherwise) { return (int)Number(name, otherwise); }

        internal bool Flag(string name) { return Has(name) && Convert.ToBoolean(members[name], CultureInfo.InvariantCulture); }

        internal string[] Texts(string name)
        {
            var list = Raw(name) as IEnumerable;
            return list == null ? new string[0] : list.Cast<object>().Select(each => Convert.ToString(each, CultureInfo.InvariantCulture)).ToArray();
        }

        internal Step[] Steps(string name)
        {
            var list = Raw(name) as IEnumerable;
            if (list == null) throw new StepFault("\"" + name + "\" is missing");
            return list.Cast<IDictionary<string, object>>().Select(each => new Step(each)).ToArray();
        }

        internal Step Inner(string name)
        {
            var inner = Raw(name) as IDictionary<string, object>;
            return inner == null ? null : new Step(inner);
        }

        internal T Enum<T>(string name, T otherwise) where T : struct
        {
            if (!Has(name)) return otherwise;
            T value;
            if (System.Enum.TryParse(Text(name), true, out value)) return value;
            throw new StepFault("\"" + Text(name) + "\" is no " + typeof(T).Name);
        }

        internal Instrument Instrument
        {
            get
            {
                var name = Text("instrument");
                var found = NinjaTrader.Cbi.Instrument.GetInstrument(name);
                if (found == null) throw new StepFault("there is no instrument \"" + name + "\"");
                return found;
            }
        }

        internal Account Account { get { return World.AccountOf(Text("account")); } }
    }
}
