using System.Reactive.Concurrency;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Non-INVITE server transactions in their Completed state (RFC 3261 §17.2.2): all they do is to answer a retransmission with
/// the same response until Timer J. There may be very many of them, so they are kept as octets in blocks, in the order in which
/// they end: next to nothing for the garbage collector to follow.
/// </summary>
internal sealed class AnsweredRequests : IDisposable
{
    // Entries have numbers that never come again: that of their block times this, and their place there.
    private const int LargestBlock = 256;
    private const int SmallestBlock = 8;
    private const int OctetsOfEntry = 512;

    private static readonly ServerKeyComparer Keys = new();

    private readonly Dictionary<int, long> _latest = [];
    private readonly List<AnsweredBlock> _blocks = [];
    private readonly IStopwatch _stopwatch;
    private readonly TimeSpan _lifetime;
    private readonly OngoingRequests _merged;
    private readonly WakeUp _wakeUp;
    private AnsweredBlock? _spare;
    private long _firstBlock;
    private bool _disposed;

    public AnsweredRequests(IScheduler scheduler, Mailbox mailbox, TimeSpan lifetime, OngoingRequests merged)
    {
        (_stopwatch, _lifetime, _merged) = (scheduler.StartStopwatch(), lifetime, merged);
        _wakeUp = new WakeUp(scheduler, mailbox, static self => ((AnsweredRequests)self!).Wake(), this);
    }

    public int Count { get; private set; }

    /// <summary>Octets set aside for keys and answers: at most about twice what they need, and none when there are no answers.</summary>
    public long Octets { get; private set; }

    /// <summary>Keeps an answer for its time.</summary>
    public void Add(ReadOnlySpan<byte> key, Flow flow, ReadOnlySpan<byte> response, ulong claim)
    {
        if (_disposed)
            return;
        if (_blocks.Count == 0 || !_blocks[^1].HasRoom(key.Length + response.Length))
            _blocks.Add(NewBlock(key.Length + response.Length));
        var hash = Keys.GetHashCode(key);
        var number = (_firstBlock + _blocks.Count - 1) * LargestBlock + _blocks[^1].Count;
        var previous = _latest.TryGetValue(hash, out var latest) ? latest : -1;
        _blocks[^1].Add(new AnsweredRequest { Flow = flow, Due = _stopwatch.Elapsed + _lifetime, Hash = hash, Previous = previous, Claim = claim }, key, response);
        _latest[hash] = number;
        Count++;
        if (!_wakeUp.IsSet)
            _wakeUp.Set(_lifetime);
    }

    /// <summary>Answers a request that came again, to where it came from this time; false when it is none of these.</summary>
    public bool TryRepeat(ReadOnlySpan<byte> key, Flow flow, SipRequest request)
    {
        if (Count == 0 || !_latest.TryGetValue(Keys.GetHashCode(key), out var number))
            return false;
        // What is behind the oldest block is gone.
        for (; number >= _firstBlock * LargestBlock; number = BlockOf(number)[(int)(number % LargestBlock)].Previous)
        {
            var (block, index) = (BlockOf(number), (int)(number % LargestBlock));
            if (index < block.First || !block.KeyOf(index).SequenceEqual(key))
                continue;
            if (SipParser.TryParse(block.ResponseOf(index), out var message, out _) && message is SipResponse response)
                Repeat(response, block[index].Flow, flow, request);
            return true;
        }
        return false;
    }

    /// <summary>Forgets everything for good.</summary>
    public void Dispose()
    {
        _disposed = true;
        _blocks.Clear();
        _latest.Clear();
        (Count, Octets, _spare) = (0, 0, null);
        _wakeUp.Dispose();
    }

    private static void Repeat(SipResponse response, Flow before, Flow now, SipRequest request)
    {
        if (ServerDriver.Moved(before, now) && request.TopVia is { } via)
            now.Send(response.WithTopVia(via));
        else
            before.Send(response);
    }

    private AnsweredBlock BlockOf(long number) => _blocks[(int)(number / LargestBlock - _firstBlock)];

    // Small while little is kept; the large ones are used again.
    private AnsweredBlock NewBlock(int needed)
    {
        if (_spare is { } spare && spare.Size >= needed)
        {
            _spare = null;
            return spare;
        }
        var entries = Math.Clamp(Count, SmallestBlock, LargestBlock);
        var block = new AnsweredBlock(Math.Max(needed, entries * OctetsOfEntry), entries);
        Octets += block.Size;
        return block;
    }

    // One is kept for the next; with the last answer it goes too.
    private void Spare(AnsweredBlock? emptied)
    {
        if (emptied is null)
            Octets = 0;
        else if (_spare is not null)
            Octets -= _spare.Size;
        _spare = emptied;
    }

    private void Wake()
    {
        var now = _stopwatch.Elapsed;
        while (Count > 0 && _blocks[0][_blocks[0].First].Due <= now)
            RemoveFirst();
        if (Count > 0)
            _wakeUp.Set(_blocks[0][_blocks[0].First].Due - now);
    }

    private void RemoveFirst()
    {
        var block = _blocks[0];
        var hash = block[block.First].Hash;
        if (_latest[hash] == _firstBlock * LargestBlock + block.First)
            _latest.Remove(hash);
        _merged.Release(block[block.First].Claim);
        block.RemoveFirst();
        Count--;
        if (block.First < block.Count)
            return;
        _blocks.RemoveAt(0);
        _firstBlock++;
        block.Reset();
        Spare(Count > 0 ? block : null);
    }
}
