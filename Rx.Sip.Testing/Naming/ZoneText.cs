using System.Globalization;
using System.Net;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Testing.Naming;

/// <summary>Reads the records of a zone, one a line.</summary>
internal static class ZoneText
{
    public static IEnumerable<DnsRecord> Read(string text) =>
        from line in text.Split('\n')
        let words = Words(line).Where(word => word is not "IN").ToArray()
        where words.Length > 0
        select ReadLine(words) ?? throw new FormatException($"'{line.Trim()}' is no record. Write it like: sip.example.test. 300 A 192.0.2.1");

    private static DnsRecord? ReadLine(string[] words)
    {
        if (words is not [var owner, var seconds, var type, .. var content] || !TryName(owner, out var name)
            || !uint.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        var time = TimeSpan.FromSeconds(count);
        return (type.ToUpperInvariant(), content) switch
        {
            ("A" or "AAAA", [var address]) when IPAddress.TryParse(address, out var value) => new DnsRecord.Address(name, time, value),
            ("CNAME", [var target]) when TryName(target, out var alias) => new DnsRecord.Alias(name, time, alias),
            ("SRV", [var priority, var weight, var port, var target]) when TryName(target, out var server) =>
                new DnsRecord.Server(name, time, Number(priority), Number(weight), Number(port), server),
            ("NAPTR", [var order, var preference, var flags, var services, var expression, var target]) when TryName(target, out var replacement) =>
                new DnsRecord.Rule(name, time, Number(order), Number(preference), Text(flags), Text(services), Text(expression), replacement),
            _ => null,
        };
    }

    private static bool TryName(string text, out string name)
    {
        name = text is "." ? DnsName.Root : DnsName.TryNormalize(text, out var normal) ? normal : "";
        return text is "." || name.Length > 0;
    }

    private static int Number(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"'{text}' is no number from 0 to 65535.");

    private static string Text(string word) => word.Trim('"');

    // What is in quotes is one word, whatever is in it; an empty one is a word too.
    private static IEnumerable<string> Words(string line)
    {
        var at = 0;
        while (at < line.Length && line[at] != ';')
        {
            var end = line[at] == '"' ? line.IndexOf('"', at + 1) + 1 : line.AsSpan(at).IndexOfAny(" \t\r;") + at;
            end = end > at || char.IsWhiteSpace(line[at]) ? end : line.Length;
            if (end > at)
                yield return line[at..end];
            at = end > at ? end : at + 1;
        }
    }
}
