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
    private readonly Command _command;

    private BaresipPhone(string user, IPEndPoint server, string transport) =>
        _command = Command.Start("phones/baresip", [_folder.Path, user, transport, Number(server.Port), Number(LoopbackPort.Free())]);

    /// <summary>What baresip has said so far.</summary>
    public string Output => _command.Output;

    /// <summary>Starts one (transport <c>udp</c> or <c>tcp</c>, password <c>USER-secret</c>); its registration was accepted when this returns.</summary>
    public static async Task<BaresipPhone> RegisterAsync(string user, IPEndPoint server, string transport = "udp")
    {
        var phone = new BaresipPhone(user, server, transport);
        try
        {
            await Eventually.IsTrueAsync(() => phone.Output.Contains("200 OK", StringComparison.Ordinal) || phone._command.HasExited);
            return phone._command.HasExited ? throw new InvalidOperationException($"baresip ended: {phone.Output}") : phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        _folder.Dispose();
    }

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
