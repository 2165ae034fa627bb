using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NinjaTrader.NinjaScript.AddOns.EnigmaApexParts;

namespace NinjaTraderHost
{
    /**
     * Asks the AddOn's own reader, decoders and writer. Compiled together with the AddOn's source, because they are internal to it.
     * Each line of standard input is a verb and its texts in base64 of UTF-16, so that half a surrogate pair arrives as it was sent;
     * each is answered by one line: "ok" with the answer in the same form, or the code of the refusal.
     */
    static class Conformance
    {
        static readonly Dictionary<string, Func<string[], string>> verbs = new Dictionary<string, Func<string[], string>>
        {
            { "app", texts => { Frames.App(texts[0]); return ""; } },
            { "server", texts => { Frames.Server(texts[0]); return ""; } },
            { "rewrite", texts => Rewritten(JsonReader.Read(texts[0])) },
            { "text", texts => new JsonWriter().TextEntry(texts[0]).ToString() },
            { "figure", texts => Value(new JsonWriter().Figure("x", Number(texts[0]))) },
            { "figureOrNull", texts => Value(new JsonWriter().FigureOrNull("x", Number(texts[0]))) },
            { "whole", texts => Value(new JsonWriter().Field("x", long.Parse(texts[0], CultureInfo.InvariantCulture))) },
            { "proof", texts => Proof.Of(Convert.FromBase64String(texts[0]), texts[1], texts[2], texts[3], texts[4]) },
            { "culture", texts => { Thread.CurrentThread.CurrentCulture = new CultureInfo(texts[0]); return 1.5.ToString("R"); } }
        };

        static void Main()
        {
            var input = new StreamReader(System.Console.OpenStandardInput(), Encoding.ASCII);
            var output = new StreamWriter(System.Console.OpenStandardOutput(), new ASCIIEncoding());
            for (var line = input.ReadLine(); line != null; line = input.ReadLine())
            {
                var words = line.Split(' ');
                output.Write(Answer(words[0], words.Skip(1).Select(Decoded).ToArray()) + "\n");
                output.Flush();
            }
        }

        static string Answer(string verb, string[] texts)
        {
            try { return "ok " + Encoded(verbs[verb](texts)); }
            catch (BadFrame bad) { return bad.Code; }
            catch (UnwritableFigure) { return "UNWRITABLE"; }
            catch (Exception error) { return "THREW-" + error.GetType().Name; }
        }

        static string Rewritten(object value)
        {
            var fields = value as Dictionary<string, object>;
            if (fields != null)
            {
                var json = new JsonWriter().Open();
                foreach (var field in fields) json.Raw(field.Key, Rewritten(field.Value));
                return json.Close().ToString();
            }
            var entries = value as List<object>;
            if (entries != null)
            {
                var json = new JsonWriter().OpenList("x");
                foreach (var entry in entries) json.Entry(Rewritten(entry));
                return Value(json.CloseList());
            }
            var text = value as string;
            if (text != null) return new JsonWriter().TextEntry(text).ToString();
            if (value is bool) return Value(new JsonWriter().Field("x", (bool)value));
            return value == null ? "null" : Value(new JsonWriter().Figure("x", (double)value));
        }

        /** What was written behind the name "x". */
        static string Value(JsonWriter json) { return json.ToString().Substring(4); }

        static double Number(string bits)
        {
            return BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        // Encoding.Unicode would replace half a surrogate pair, on either way.
        static string Decoded(string word)
        {
            var bytes = Convert.FromBase64String(word);
            var text = new char[bytes.Length / 2];
            Buffer.BlockCopy(bytes, 0, text, 0, bytes.Length);
            return new string(text);
        }

        static string Encoded(string text)
        {
            var bytes = new byte[text.Length * 2];
            Buffer.BlockCopy(text.ToCharArray(), 0, bytes, 0, bytes.Length);
            return Convert.ToBase64String(bytes);
        }
    }
}
