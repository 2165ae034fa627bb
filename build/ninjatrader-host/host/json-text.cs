using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NinjaTraderHost
{
    internal sealed class Map : Dictionary<string, object> { }

    /** Writes JSON that is the same in every culture; what is no number is null. */
    internal static class JsonText
    {
        internal static string Of(object value)
        {
            var text = new StringBuilder();
            Write(text, value);
            return text.ToString();
        }

        static void Write(StringBuilder text, object value)
        {
            if (value == null) text.Append("null");
            else if (value is string) WriteText(text, (string)value);
            else if (value is bool) text.Append((bool)value ? "true" : "false");
            else if (value is double) WriteNumber(text, (double)value);
            else if (value is Enum) WriteText(text, value.ToString());
            else if (value is DateTime) WriteText(text, ((DateTime)value).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture));
            else if (value is IDictionary<string, object>) WriteObject(text, (IDictionary<string, object>)value);
            else if (value is IEnumerable) WriteArray(text, (IEnumerable)value);
            else text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        static void WriteNumber(StringBuilder text, double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value)) text.Append("null");
            else text.Append(value.ToString("R", CultureInfo.InvariantCulture));
        }

        static void WriteObject(StringBuilder text, IDictionary<string, object> members)
        {
            text.Append('{');
            var separator = "";
            foreach (var member in members)
            {
                text.Append(separator);
                WriteText(text, member.Key);
                text.Append(':');
                Write(text, member.Value);
                separator = ",";
            }
            text.Append('}');
        }

        static void WriteArray(StringBuilder text, IEnumerable items)
        {
            text.Append('[');
            var separator = "";
            foreach (var item in items)
            {
                text.Append(separator);
                Write(text, item);
                separator = ",";
            }
            text.Append(']');
        }

        static void WriteText(StringBuilder text, string value)
        {
            text.Append('"');
            foreach (var letter in value)
            {
                if (letter == '"' || letter == '\\') text.Append('\\').Append(letter);
                else if (letter < ' ' || letter > '~') text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                else text.Append(letter);
            }
            text.Append('"');
        }
    }
}
