using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>ms-keep-alive: what keeps a connection to Office Communications Server open ([MS-CONMGMT] §2.2.1).</summary>
/// <param name="Role"><c>UAC</c> or <c>UAS</c>: who says so.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record MsKeepAlive(string Role, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public MsKeepAlive(string role) : this(role, SipParameters.Empty)
    {
    }

    /// <summary>How long the connection may be silent.</summary>
    public TimeSpan? Timeout => Parameters.Seconds("timeout");

    /// <summary>Whether double line ends between neighbours count: <c>hop-hop=yes</c>.</summary>
    public bool IsHopByHop => string.Equals(Parameters.Get("hop-hop"), "yes", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public MsKeepAlive WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads an ms-keep-alive value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MsKeepAlive? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads an ms-keep-alive value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static MsKeepAlive Parse(string text) => HeaderText.Parse<MsKeepAlive>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MsKeepAlive? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new MsKeepAlive(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Role + Parameters;
}
