using System.Net.Sockets;

namespace Rx.Sip.Testing.Network;

/// <summary>
/// One direction of a connection: octets in their order, in pieces that the dice choose. While the way is closed they wait, and
/// when they have waited too long the sender's end is closed.
/// </summary>
internal sealed class StreamPipe(SimulatedNetwork network, StreamEnd source, StreamEnd destination)
{
    private const int MaxPieces = 4;

    private readonly Queue<Piece> _underway = new();
    private readonly Lane _lane = source.Lane;
    private DateTimeOffset _latest;
    private IDisposable? _next;
    private IDisposable? _patience;

    public void Write(ReadOnlyMemory<byte> octets)
    {
        var entry = network.Traffic.Add(_lane.About(source, octets));
        var pieces = octets.Length > 1 && _lane.Happens(_lane.Conditions.Fragmentation) ? 2 + _lane.Pick(MaxPieces - 1) : 1;
        while (pieces-- > 1 && octets.Length > 1)
        {
            var cut = 1 + _lane.Pick(octets.Length - 1);
            Enqueue(octets[..cut], null);
            octets = octets[cut..];
        }
        Enqueue(octets, entry);
    }

    /// <summary>No more will be written: the other end closes once it has read everything.</summary>
    public void Finish() => Enqueue(default, network.Traffic.Add(_lane.About(source, "connection closed")));

    /// <summary>Drops what is underway.</summary>
    public void Drop()
    {
        _next?.Dispose();
        _patience?.Dispose();
        while (_underway.TryDequeue(out var piece))
            if (piece.LastOf is { } entry)
                network.Traffic.WasLost(entry, "connection broken");
    }

    /// <summary>Delivers what is due, if the way is open and the reader reads.</summary>
    public void GoOn()
    {
        _next?.Dispose();
        _next = _underway.TryPeek(out var piece) ? network.Scheduler.ScheduleOwn(piece.Arrival, Arrive) : null;
    }

    private void Enqueue(ReadOnlyMemory<byte> octets, TrafficEntry? lastOf)
    {
        var arrival = _lane.StreamArrival();
        _latest = arrival > _latest ? arrival : _latest;
        _underway.Enqueue(new Piece(octets, _latest, lastOf));
        if (_underway.Count == 1)
            GoOn();
    }

    private void Arrive()
    {
        _next = null;
        if (!_lane.IsOpen)
        {
            Wait();
            return;
        }
        if (!destination.IsOpen)
        {
            Drop();
            destination.TellReset();
            return;
        }
        if (!destination.IsReading)
            return;
        Deliver();
        GoOn();
    }

    private void Deliver()
    {
        var piece = _underway.Dequeue();
        Note(piece);
        if (piece.IsEnd)
        {
            destination.CloseAfterPeer();
            return;
        }
        var octets = piece.Octets;
        // A reader often gets at once what was written one after the other.
        while (_underway.TryPeek(out var behind) && !behind.IsEnd && behind.Arrival <= network.Now && _lane.Happens(_lane.Conditions.Fragmentation))
        {
            octets = (byte[])[.. octets.Span, .. behind.Octets.Span];
            Note(_underway.Dequeue());
        }
        destination.Receive(octets.Span);
    }

    private void Note(Piece piece)
    {
        if (piece.LastOf is { } entry)
            network.Traffic.Arrived(entry, network.Now);
    }

    private void Wait()
    {
        _patience ??= network.Scheduler.ScheduleOwn(network.Now + _lane.Conditions.StreamTimeout, () =>
        {
            Drop();
            source.Break(new SocketException((int)SocketError.TimedOut));
        });
        _lane.WhenOpen(() =>
        {
            _patience?.Dispose();
            _patience = null;
            // Sent again now, so it takes its time once more.
            _next?.Dispose();
            if (_underway.Count > 0)
                _next = network.Scheduler.ScheduleOwn(_latest = network.Now + _lane.Conditions.Latency, Arrive);
        });
    }

    private readonly record struct Piece(ReadOnlyMemory<byte> Octets, DateTimeOffset Arrival, TrafficEntry? LastOf)
    {
        public bool IsEnd => Octets.IsEmpty;
    }
}
