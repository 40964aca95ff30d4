using System.Globalization;
using System.Net;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>
/// A running SIPp that plays one scenario of <c>kit/sipp</c> (or a file of your own). <see cref="CompletesAsync"/> waits for its
/// end and fails the test, with the traffic, unless every check of the scenario held.
/// </summary>
public sealed class SippScenario : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("sipp-");
    private readonly string _scenario;
    private readonly Command _command;

    private SippScenario(string scenario, IPEndPoint? target, SippOptions options)
    {
        _scenario = scenario;
        EndPoint = new IPEndPoint(IPAddress.Loopback, options.Port == 0 ? LoopbackPort.Free() : options.Port);
        _command = Command.Start("bin/scen", Arguments(target, options), Environment(options));
    }

    /// <summary>Where this SIPp sends from and listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The messages sent and received so far.</summary>
    public string Traffic => _folder.Read($"{Path.GetFileNameWithoutExtension(_scenario)}.msg");

    /// <summary>Starts a <c>uas_*</c> scenario; it listens at <see cref="EndPoint"/> when this returns.</summary>
    public static async Task<SippScenario> ListenAsync(string scenario, SippOptions? options = null)
    {
        var sipp = new SippScenario(scenario, target: null, options ?? new SippOptions());
        await Eventually.IsTrueAsync(() => LoopbackPort.IsListening(sipp.EndPoint.Port) || sipp._command.HasExited);
        if (!sipp._command.HasExited)
            return sipp;
        await using (sipp)
        {
            await sipp.CompletesAsync();
            throw new InvalidOperationException($"{scenario} ended before anything could call it");
        }
    }

    /// <summary>Starts a <c>uac_*</c> scenario against the target.</summary>
    public static SippScenario Start(string scenario, IPEndPoint target, SippOptions? options = null) =>
        new(scenario, target, options ?? new SippOptions());

    /// <summary>Plays a <c>uac_*</c> scenario against the target to its end.</summary>
    public static async Task RunAsync(string scenario, IPEndPoint target, SippOptions? options = null)
    {
        await using var sipp = Start(scenario, target, options);
        await sipp.CompletesAsync();
    }

    /// <summary>Waits for the end. Fails the test unless SIPp is content.</summary>
    public async Task CompletesAsync()
    {
        var (exitCode, output, errors) = await _command.EndAsync();
        if (exitCode != 0)
            Assert.Fail($"{output.Trim()}\n{errors.Trim()}\nTraffic:\n{Traffic}");
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        _folder.Dispose();
    }

    private List<string> Arguments(IPEndPoint? target, SippOptions options) =>
    [
        _scenario,
        .. target is null ? Array.Empty<string>() : [target.ToString()],
        "-p", EndPoint.Port.ToString(CultureInfo.InvariantCulture),
        "-m", options.Calls.ToString(CultureInfo.InvariantCulture),
        .. options.More,
    ];

    private Dictionary<string, string> Environment(SippOptions options) => new()
    {
        ["SIP_USER"] = options.User,
        ["SIP_PASS"] = options.Password ?? KamailioServer.PasswordOf(options.User),
        ["SIP_PEER"] = options.Peer,
        ["SIP_DOMAIN"] = options.Domain,
        ["SIP_TRANSPORT"] = options.Transport,
        ["SCEN_TIMEOUT"] = Math.Ceiling(options.Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        ["SCEN_LOGS"] = _folder.Path,
    };
}
