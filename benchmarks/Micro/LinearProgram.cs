using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>
/// What a hostile peer may send, small and large: the time for an octet must not grow with the message. Each input is parsed, judged, asked
/// for its lists, answered, written in canonical form, and framed in pieces of 1,000 octets.
/// </summary>
internal static class LinearProgram
{
    private const int Small = 64 * 1024;
    private const int Large = 1024 * 1024;

    private static readonly SipLimits Limits = new() { MaxHeaderOctets = 2 * Large, MaxBodyOctets = 2 * Large, MaxHeaders = 1_000_000, MaxParameters = int.MaxValue, MaxRequestUriOctets = 2 * Large };

    private static readonly (string Name, Func<int, string> Head)[] Inputs =
    [
        ("header lines", length => Repeat("X:1\r\n", length)),
        ("Via lines", length => Repeat("v:SIP/2.0/UDP h\r\n", length)),
        ("Via elements", length => "Via: SIP/2.0/UDP h" + Repeat(",SIP/2.0/UDP h", length) + "\r\n"),
        ("commas", length => "Contact: " + Repeat(",", length) + "\r\n"),
        ("contacts", length => "Contact: <sip:a@h>" + Repeat(",<sip:a@h>", length) + "\r\n"),
        ("parameters", length => "Via: SIP/2.0/UDP h" + Repeat(";a=1", length) + "\r\n"),
        ("URI parameters", length => "To: <sip:h" + Repeat(";b=2", length) + ">\r\n"),
        ("folds", length => "Subject: a" + Repeat("\r\n b", length) + "\r\n"),
        ("empty folds", length => "Subject: a" + Repeat("\r\n ", length) + "\r\n"),
        ("spaces", length => "Via: SIP/2.0/UDP " + Repeat(" ", length) + "h\r\n"),
        ("opened brackets", length => "Contact: " + Repeat("<", length) + "\r\n"),
        ("opened quotes", length => "Contact: \"" + Repeat("\\\"", length) + "\r\n"),
        ("quotes", length => "Contact: " + Repeat("\"\"", length) + "\r\n"),
        ("escapes", length => "From: <sip:" + Repeat("%41", length) + "@h>\r\n"),
        ("slashes", length => "Via: " + Repeat("/", length) + "\r\n"),
        ("one long line", length => "Subject: " + Repeat("x", length) + "\r\n"),
        ("line ends", length => "Subject: " + Repeat("x\ny:", length) + "\r\n"),
        ("returns", length => "Subject: " + Repeat("\r", length) + "\r\n"),
    ];

    public static int Run()
    {
        Console.WriteLine($"{"",-20}{"ns an octet, 64 KiB",22}{"1 MiB",10}{"ratio",8}");
        foreach (var (name, head) in Inputs)
        {
            var (small, large) = (Cost(Message(head(Small))), Cost(Message(head(Large))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20}{small,22:F2}{large,10:F2}{large / small,8:F2}"));
        }
        return 0;
    }

    private static byte[] Message(string lines) => Encoding.ASCII.GetBytes(
        $"OPTIONS sip:h SIP/2.0\r\n{lines}Call-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");

    private static string Repeat(string text, int length) => new StringBuilder(length).Insert(0, text, length / text.Length).ToString();

    private static double Cost(byte[] octets)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Math.Max(8, 4 * Large / octets.Length); i++)
        {
            var start = Stopwatch.GetTimestamp();
            Handle(octets);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / octets.Length);
        }
        return best;
    }

    private static void Handle(byte[] octets)
    {
        var result = SipParser.Parse(octets, Limits);
        var verdict = SipRules.Default.ValidateParsed(result);
        if (result.Match(message => message, error => error.Readable) is SipRequest request)
        {
            _ = (request.Vias.Count, request.Contacts.Count, request.From, request.To, request.Headers.Get("Subject"));
            _ = (verdict ?? new SipVerdict(200, "OK")).Answer(request, "t");
            _ = request.WithHeader("Subject", "x").ToCanonicalString();
        }
        var framer = new StreamFramer(Limits);
        foreach (var piece in octets.Chunk(1000))
        {
            framer.Append(piece);
            while (framer.Next(out _, out _) is not StreamItem.None)
            {
            }
        }
    }
}
