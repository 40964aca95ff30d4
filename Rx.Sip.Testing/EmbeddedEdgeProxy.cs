using System.Net;
using Rx.Sip.Testing.Server;

namespace Rx.Sip.Testing;

/// <summary>
/// An edge proxy on a <see cref="SimulatedNetwork"/> (RFC 5626 §5): it passes what devices send on to a server, puts itself into the path
/// of their registrations (RFC 3327), and leads what comes back along that path over the very flow the device registered by, or answers
/// <c>430</c> when that is gone. The thread that tells the story owns it.
/// </summary>
public sealed class EmbeddedEdgeProxy : IAsyncDisposable
{
    private readonly ServerSite _site;
    private readonly string _core;
    private EdgeLife? _life;
    private Task _lastEnd = Task.CompletedTask;

    internal EmbeddedEdgeProxy(ServerSite site, string core)
    {
        (_site, _core) = (site, core);
        Restart();
    }

    /// <summary>The host it runs on.</summary>
    public SimulatedHost Host => _site.Host!;

    /// <summary>Where it listens, over UDP and TCP.</summary>
    public IPEndPoint EndPoint => new(Host.Address, EdgeLife.Port);

    /// <summary>Whether it runs.</summary>
    public bool IsUp => _life is not null;

    /// <summary>How many flows of devices it has.</summary>
    public int Flows => _life?.Flows ?? 0;

    internal int Transactions => _life?.Transactions ?? 0;

    /// <summary>Its host dies, see <see cref="SimulatedHost.Crash"/>; it forgets all flows.</summary>
    public void Crash()
    {
        if (_life is not { } life)
            return;
        _life = null;
        Host.Crash();
        _lastEnd = life.DisposeAsync().AsTask();
    }

    /// <summary>Runs again after <see cref="Crash"/>. Nothing happens while it runs.</summary>
    public void Restart()
    {
        if (_life is not null)
            return;
        _lastEnd.Wait(TimeSpan.FromSeconds(10));
        Host.Restart();
        _life = new EdgeLife(_site, _core);
    }

    /// <summary>Ends for good.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_life is { } life)
        {
            _life = null;
            _lastEnd = life.DisposeAsync().AsTask();
        }
        await _lastEnd.ConfigureAwait(false);
    }
}
