using Rx.Sip.Messages;
using Rx.Sip.Testing.Ladders;

namespace Rx.Sip.Testing;

/// <summary>
/// What went over a simulated network, in the order in which it was sent. <see cref="ToString"/> draws it as a ladder with a
/// column for each host. Holds the latest <see cref="Capacity"/> entries; the counters count all.
/// </summary>
public sealed class Traffic
{
    private readonly Queue<TrafficEntry> _entries;

    internal Traffic() => _entries = new();

    private Traffic(IEnumerable<TrafficEntry> entries, long left) => (_entries, Forgotten) = (new(entries), left);

    /// <summary>How many entries are held; older ones are forgotten. Default 20,000.</summary>
    public int Capacity
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
            Trim();
        }
    } = 20_000;

    /// <summary>What was sent and happened, the earliest first.</summary>
    public IReadOnlyList<TrafficEntry> Entries => [.. _entries];

    /// <summary>How many earlier entries are no longer held.</summary>
    public long Forgotten { get; private set; }

    /// <summary>How many messages and keep-alives were sent, duplicates not counted.</summary>
    public long Sent { get; private set; }

    /// <summary>How many of them and of their duplicates arrived.</summary>
    public long Delivered { get; private set; }

    /// <summary>How many of them and of their duplicates were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>How many duplicates the network made.</summary>
    public long Duplicated { get; private set; }

    /// <summary>Those entries alone, as they stand now, notes included if they are wanted.</summary>
    public Traffic Where(Func<TrafficEntry, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var chosen = new Traffic(_entries.Where(predicate), Forgotten);
        foreach (var entry in chosen._entries)
            chosen.Count(entry);
        return chosen;
    }

    /// <summary>What went between two hosts, in both directions, and the notes.</summary>
    public Traffic Between(string first, string second) =>
        Where(entry => entry.Kind == TrafficKind.Note || (entry.From == first && entry.To == second) || (entry.From == second && entry.To == first));

    /// <summary>The requests of that method and their responses.</summary>
    public Traffic Of(SipMethod method) => Where(entry => entry.Message?.CSeq?.Method == method);

    /// <summary>Everything as a ladder: hosts are columns, messages arrows, with the instant of sending and how long it took.</summary>
    public override string ToString() => Ladder.Draw(Entries, Forgotten);

    internal void Note(DateTimeOffset at, string text) => Add(new TrafficEntry(TrafficKind.Note, at, text));

    internal TrafficEntry Add(TrafficEntry entry)
    {
        _entries.Enqueue(entry);
        Trim();
        if (entry.Kind == TrafficKind.Octets)
            _ = entry.IsDuplicate ? Duplicated++ : Sent++;
        return entry;
    }

    internal void Arrived(TrafficEntry entry, DateTimeOffset at)
    {
        entry.Arrived(at);
        if (entry.Kind == TrafficKind.Octets)
            Delivered++;
    }

    internal void WasLost(TrafficEntry entry, string reason)
    {
        entry.WasLost(reason);
        if (entry.Kind == TrafficKind.Octets)
            Lost++;
    }

    private void Count(TrafficEntry entry)
    {
        if (entry.Kind != TrafficKind.Octets)
            return;
        _ = entry.IsDuplicate ? Duplicated++ : Sent++;
        if (entry.Outcome == TrafficOutcome.Delivered)
            Delivered++;
        if (entry.Outcome == TrafficOutcome.Lost)
            Lost++;
    }

    private void Trim()
    {
        while (_entries.Count > Capacity)
        {
            _entries.Dequeue();
            Forgotten++;
        }
    }
}
