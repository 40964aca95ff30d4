using System.Globalization;

namespace Rx.Sip.Testing.Ladders;

/// <summary>One line of a ladder: the instant, the arrow from column to column, and what became of what was sent.</summary>
internal static class LadderLine
{
    private const int TimeWidth = 15;
    private const int ColumnWidth = 42;

    public static string Heading(List<string> hosts)
    {
        var line = Blank(hosts.Count, ' ');
        for (var i = 0; i < hosts.Count; i++)
        {
            var name = Fitted(hosts[i], ColumnWidth - 2);
            name.CopyTo(line.AsSpan(Math.Clamp(Column(i) - (name.Length / 2), 0, line.Length - name.Length)));
        }
        return new string(line).TrimEnd();
    }

    public static string Note(int hosts, string instant, string text) =>
        $"{instant,TimeWidth - 2}  {$"── {text} ".PadRight(Math.Max(0, (hosts - 1) * ColumnWidth), '─')}";

    public static string Of(TrafficEntry entry, List<string> hosts)
    {
        var instant = Instant(entry.SentAt);
        if (entry.Kind == TrafficKind.Note)
            return Note(hosts.Count, instant, entry.Text);
        var line = Blank(hosts.Count, '│');
        instant.CopyTo(line.AsSpan(TimeWidth - 2 - instant.Length));
        var (from, to) = (Column(hosts.IndexOf(entry.From)), Column(hosts.IndexOf(entry.To)));
        if (from == to)
        {
            line[from] = '↺';
            return $"{new string(line)}  {entry.Text}: {Fate(entry)}";
        }
        Arrow(line, from, to, entry);
        return $"{new string(line)}  {Fate(entry)}";
    }

    /// <summary>What became of it: how it went, how long it took or why it never arrived.</summary>
    public static string Fate(TrafficEntry entry)
    {
        var transport = entry.Transport.ToString().ToLowerInvariant();
        var again = entry.IsDuplicate ? ", a duplicate" : "";
        return entry.Outcome switch
        {
            TrafficOutcome.Delivered => $"{transport} {Milliseconds(entry.ArrivedAt!.Value - entry.SentAt)}{again}",
            TrafficOutcome.Lost => $"{transport} {entry.Reason}{again}",
            _ => $"{transport} underway{again}",
        };
    }

    private static void Arrow(char[] line, int from, int to, TrafficEntry entry)
    {
        var (left, right) = from < to ? (from + 1, to - 1) : (to + 1, from - 1);
        var shaft = line.AsSpan(left, right - left + 1);
        shaft.Fill('─');
        var head = entry.Outcome switch
        {
            TrafficOutcome.Delivered => from < to ? '▶' : '◀',
            TrafficOutcome.Lost => '✗',
            _ => '…',
        };
        shaft[from < to ? ^1 : 0] = head;
        var label = $" {Fitted(entry.Text, shaft.Length - 6)} ";
        label.CopyTo(shaft[((shaft.Length - label.Length) / 2)..]);
    }

    private static char[] Blank(int hosts, char rail)
    {
        var line = new char[Column(Math.Max(hosts, 1) - 1) + 1 + (rail == ' ' ? ColumnWidth / 2 : 0)];
        Array.Fill(line, ' ');
        for (var i = 0; i < hosts; i++)
            line[Column(i)] = rail;
        return line;
    }

    private static int Column(int index) => TimeWidth + (index * ColumnWidth);

    private static string Fitted(string text, int width) => text.Length <= width ? text : $"{text[..(width - 1)]}…";

    // Hours go on counting past a day.
    private static string Instant(DateTimeOffset at)
    {
        var elapsed = at - VirtualTime.Beginning;
        return string.Create(CultureInfo.InvariantCulture, $"{(long)elapsed.TotalHours}:{elapsed:mm\\:ss\\.fff}");
    }

    private static string Milliseconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"+{span.TotalMilliseconds:0.###} ms");
}
