using System.Text;

namespace Rx.Sip.Testing.Ladders;

/// <summary>Draws traffic: a column for each host, a line for each thing sent. The same traffic gives the same text.</summary>
internal static class Ladder
{
    public static string Draw(IReadOnlyList<TrafficEntry> entries, long forgotten)
    {
        var hosts = entries.SelectMany(entry => new[] { entry.From, entry.To }).Where(name => name.Length > 0).Distinct().ToList();
        var text = new StringBuilder();
        if (hosts.Count > 0)
            text.Append(LadderLine.Heading(hosts)).Append('\n');
        if (forgotten > 0)
            text.Append(LadderLine.Note(hosts.Count, "", $"{forgotten} earlier entries are forgotten")).Append('\n');
        foreach (var entry in entries)
            text.Append(LadderLine.Of(entry, hosts)).Append('\n');
        return text.ToString();
    }
}
