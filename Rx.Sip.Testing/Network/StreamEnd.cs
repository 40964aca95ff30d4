using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Network;

/// <summary>One end of a connection, as its host sees it: waiting for the connection to stand, standing, closed.</summary>
internal sealed class StreamEnd(SimulatedTransport owner, Lane lane, IPEndPoint local, IPEndPoint remote, ITransportSink sink)
    : ITransportFlow, IOpenPort
{
    private readonly Queue<ReadOnlyMemory<byte>> _unsent = new();
    private StreamPipe? _out;
    private bool _isPaused;

    public SimulatedTransport Owner => owner;

    public Lane Lane => lane;

    public IPEndPoint LocalEndPoint => local;

    public IPEndPoint RemoteEndPoint => remote;

    public object? Note { get; set; }

    public StreamEnd? Peer { get; set; }

    /// <summary>What the peer's certificate proved.</summary>
    public ImmutableArray<string> RemoteDomains { get; set; } = [];

    public bool IsOpen { get; private set; } = true;

    /// <summary>Whether it takes what arrives; what does not stand yet lets it wait.</summary>
    public bool IsReading => _out is not null && !_isPaused;

    private SimulatedNetwork Network => owner.Network;

    /// <summary>The connection stands: what waited for it leaves now.</summary>
    public void Stand(StreamEnd peer)
    {
        Peer = peer;
        _out = new StreamPipe(Network, this, peer);
        sink.Opened(this);
        while (IsOpen && _unsent.TryDequeue(out var octets))
            _out.Write(octets);
        peer._out?.GoOn();
    }

    public void Send(ReadOnlyMemory<byte> octets)
    {
        if (!IsOpen)
            return;
        if (_out is null)
            _unsent.Enqueue(octets);
        else
            _out.Write(octets);
    }

    public void Receive(ReadOnlySpan<byte> octets) => sink.Received(this, octets);

    public void Close()
    {
        if (!IsOpen)
            return;
        _out?.Finish();
        End(null);
    }

    /// <summary>The peer closed in order.</summary>
    public void CloseAfterPeer()
    {
        if (!IsOpen)
            return;
        _out?.Drop();
        End(null);
    }

    public void Break(Exception error)
    {
        if (!IsOpen)
            return;
        _out?.Drop();
        End(error);
    }

    /// <summary>Ends it at once and has the peer told, as the system of a program that died does.</summary>
    public void Reset()
    {
        TellReset();
        Break(new SocketException((int)SocketError.ConnectionAborted));
    }

    /// <summary>Has the peer told that there is no such connection: the answer to whatever comes for a closed end.</summary>
    public void TellReset()
    {
        if (Peer is not { IsOpen: true } peer || lane.IsCut)
            return;
        var entry = Network.Traffic.Add(lane.About(this, "connection reset"));
        Network.Scheduler.ScheduleOwn(lane.StreamArrival(), () =>
        {
            if (lane.IsCut || !lane.To.IsUp)
            {
                Network.Traffic.WasLost(entry, lane.WhyClosed);
                return;
            }
            Network.Traffic.Arrived(entry, Network.Now);
            peer.Break(new SocketException((int)SocketError.ConnectionReset));
        });
    }

    public void Pause() => _isPaused = true;

    public void Resume()
    {
        _isPaused = false;
        Peer?._out?.GoOn();
    }

    public override string ToString() => $"connection {owner} {local} -> {remote} of {owner.Host}";

    private void End(Exception? error)
    {
        IsOpen = false;
        _unsent.Clear();
        owner.Host.Release(this);
        sink.Closed(this, error);
    }
}
