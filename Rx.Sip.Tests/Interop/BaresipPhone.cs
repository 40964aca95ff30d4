using System.Globalization;
using System.Net;

namespace Rx.Sip.Tests.Interop;

/// <summary>
/// A baresip of its own, registered at a server of the domain <c>rxsip.test</c>. It answers calls by itself and takes every MESSAGE.
/// Calls need a network namespace (see the kit's README); registration and messages don't.
/// </summary>
public sealed class BaresipPhone : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("baresip-");
    private readonly string _control = Number(LoopbackPort.Free());
    private readonly Command _command;

    private BaresipPhone(string user, IPEndPoint server, string transport, Dictionary<string, string> environment) =>
        _command = Command.Start("phones/baresip", [_folder.Path, user, transport, Number(server.Port), _control], environment);

    /// <summary>What baresip has said so far, the SIP messages that it sent and received among it.</summary>
    public string Output => _command.Output;

    /// <summary>Starts one; its registration was accepted when this returns.</summary>
    /// <param name="user">The user it is; the password is <c>USER-secret</c>.</param>
    /// <param name="server">Where it registers.</param>
    /// <param name="transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>.</param>
    /// <param name="peer">Whom its messages go to.</param>
    /// <param name="certificates">For TLS: the folder with <c>ca.pem</c>, whom it trusts, and <c>client-both.pem</c>, what it shows.</param>
    public static async Task<BaresipPhone> RegisterAsync(string user, IPEndPoint server, string transport = "udp", string peer = "alice", string? certificates = null)
    {
        var phone = new BaresipPhone(user, server, transport, new() { ["SIP_PEER"] = peer, ["SIP_PKI"] = certificates ?? "", ["BARESIP_FLAGS"] = "-s" });
        try
        {
            await Eventually.IsTrueAsync(() => phone.Output.Contains(" 200 OK (", StringComparison.Ordinal) || phone._command.HasExited);
            return phone._command.HasExited ? throw new InvalidOperationException($"baresip ended: {phone.Output}") : phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has it send a message to its peer.</summary>
    public Task SendMessageAsync(string text) => Command.RunAsync("tools/baresipctl.py", _control, "message", text);

    /// <summary>Has it ask an address for its options.</summary>
    public Task SendOptionsAsync(string uri) => Command.RunAsync("tools/baresipctl.py", _control, "options", uri);

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        _folder.Dispose();
    }

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
