using System.Diagnostics;
using System.Globalization;
using Rx.Sip.Benchmarks.Fuzz.Scrutiny;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>
/// What hostile messages cost an octet, from 64 KiB to 1 MiB, with limits that let them through: each shape has a hundred thousand or more of
/// what it repeats. Fails when an octet of the largest costs more than four times one of the smallest, and more than 2 ns: time has to be linear.
/// </summary>
internal static class ScalingProgram
{
    private const int Repetitions = 5;
    private const double MostGrowth = 4;

    // Below this an octet costs little more than fetching it, which itself gets dearer where the caches end.
    private const double Cheap = 2;

    private static readonly int[] Lengths = [64 * 1024, 128 * 1024, 256 * 1024, 512 * 1024, 1024 * 1024];
    private static readonly SipLimits NoLimits = new() { MaxHeaderOctets = int.MaxValue, MaxBodyOctets = int.MaxValue, MaxHeaders = int.MaxValue, MaxParameters = int.MaxValue };

    public static int Run(string only)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"shape",-34} {"way",-8} {string.Join(' ', Lengths.Select(length => $"{length / 1024,6}k"))} ns/octet   growth"));
        var (failed, ways) = (0, Ways(new TypedMembers(), new BodyScrutiny()));
        foreach (var shape in HostileShapes.All.Where(shape => shape.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
            foreach (var (way, look) in ways)
                failed += Measure(shape, way, look) ? 0 : 1;
        Console.WriteLine(failed == 0 ? "all are linear" : $"{failed} are not linear");
        return failed == 0 ? 0 : 1;
    }

    // What is found out by reflection is found out once, and not for each message.
    private static List<(string Name, Action<byte[]> Look)> Ways(TypedMembers members, BodyScrutiny bodies) =>
    [
        ("parse", octets => SipParser.Parse(octets, NoLimits)),
        ("stream", Stream),
        ("members", octets => Whole(octets, message => members.ReadAll(message, TypedMembers.Deepest))),
        ("bodies", octets => Whole(octets, bodies.ExamineAll)),
        ("verdict", octets => Whole(octets, message => _ = message is SipRequest request ? SipRules.Default.Validate(request) : null)),
        ("edit", octets => Whole(octets, message => (message as SipRequest)?.WithHeader("Subject", "x").WithoutFirstValue("Via"))),
        ("respond", octets => Whole(octets, message => _ = message is SipRequest request ? SipResponse.For(request, 200, null, "tag") : null)),
    ];

    private static bool Measure(HostileShape shape, string way, Action<byte[]> look)
    {
        var costs = Lengths.Select(length => Cost(shape.Make(length), look)).ToArray();
        var growth = costs[^1] / costs[0];
        var holds = growth <= MostGrowth || costs[^1] < Cheap;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{shape.Name,-34} {way,-8} {string.Join(' ', costs.Select(cost => $"{cost,7:F2}"))}            {growth:F2}{(holds ? "" : "  NOT LINEAR")}"));
        return holds;
    }

    // The best of a few: what else the machine does only ever adds.
    private static double Cost(byte[] octets, Action<byte[]> look)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            look(octets);
            var took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }
        return best.TotalNanoseconds / octets.Length;
    }

    private static void Stream(byte[] octets)
    {
        var parser = new SipStreamParser(NoLimits);
        for (var start = 0; start < octets.Length; start += 512)
            parser.Append(octets.AsMemory(start, Math.Min(512, octets.Length - start)));
    }

    private static void Whole(byte[] octets, Action<SipMessage> look)
    {
        if (SipParser.Parse(octets, NoLimits) is SipParseResult.Parsed parsed)
            look(parsed.Message);
    }
}
