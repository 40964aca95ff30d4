using System.Text;

namespace Rx.Sip.Messages;

/// <summary>The method of a request (RFC 3261 §7.1). Methods are case-sensitive; any token is one.</summary>
public readonly struct SipMethod : IEquatable<SipMethod>
{
    private readonly string? _name;

    private SipMethod(string name) => _name = name;

    /// <summary>REGISTER, RFC 3261 §10.</summary>
    public static SipMethod Register { get; } = new("REGISTER");

    /// <summary>INVITE, RFC 3261 §13.</summary>
    public static SipMethod Invite { get; } = new("INVITE");

    /// <summary>ACK, RFC 3261 §13.2.2.4.</summary>
    public static SipMethod Ack { get; } = new("ACK");

    /// <summary>CANCEL, RFC 3261 §9.</summary>
    public static SipMethod Cancel { get; } = new("CANCEL");

    /// <summary>BYE, RFC 3261 §15.</summary>
    public static SipMethod Bye { get; } = new("BYE");

    /// <summary>OPTIONS, RFC 3261 §11.</summary>
    public static SipMethod Options { get; } = new("OPTIONS");

    /// <summary>MESSAGE, RFC 3428.</summary>
    public static SipMethod Message { get; } = new("MESSAGE");

    /// <summary>SUBSCRIBE, RFC 6665.</summary>
    public static SipMethod Subscribe { get; } = new("SUBSCRIBE");

    /// <summary>NOTIFY, RFC 6665.</summary>
    public static SipMethod Notify { get; } = new("NOTIFY");

    /// <summary>PUBLISH, RFC 3903.</summary>
    public static SipMethod Publish { get; } = new("PUBLISH");

    /// <summary>REFER, RFC 3515.</summary>
    public static SipMethod Refer { get; } = new("REFER");

    /// <summary>INFO, RFC 6086.</summary>
    public static SipMethod Info { get; } = new("INFO");

    /// <summary>UPDATE, RFC 3311.</summary>
    public static SipMethod Update { get; } = new("UPDATE");

    /// <summary>PRACK, RFC 3262.</summary>
    public static SipMethod Prack { get; } = new("PRACK");

    /// <summary>SERVICE, the extension of Office Communications Server.</summary>
    public static SipMethod Service { get; } = new("SERVICE");

    private static readonly SipMethod[] Known =
    [
        Message, Register, Invite, Ack, Cancel, Bye, Options, Subscribe, Notify, Publish, Refer, Info, Update, Prack, Service,
    ];

    /// <summary>The method's name as it stands on the wire.</summary>
    public string Name => _name ?? "";

    /// <summary>Whether an RFC names the method, or Microsoft's specifications do.</summary>
    internal bool IsRegistered => Array.IndexOf(Known, this) >= 0;

    /// <summary>Reads a method; false unless <paramref name="text"/> is a token.</summary>
    public static bool TryParse(string text, out SipMethod method)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(Encoding.UTF8.GetBytes(text).AsSpan(), out method);
    }

    /// <summary>Reads a method. Throws <see cref="FormatException"/> unless <paramref name="text"/> is a token.</summary>
    public static SipMethod Parse(string text) =>
        TryParse(text, out var method) ? method : throw new FormatException($"'{text}' is not a SIP method.");

    internal static bool TryParse(ReadOnlySpan<byte> text, out SipMethod method)
    {
        foreach (var known in Known)
            if (text.Length == known.Name.Length && text[0] == known.Name[0] && Ascii.Equals(text, known.Name))
            {
                method = known;
                return true;
            }
        var valid = Grammar.IsToken(text);
        method = valid ? new SipMethod(Grammar.Text(text)) : default;
        return valid;
    }

    /// <inheritdoc/>
    public bool Equals(SipMethod other) => Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SipMethod other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The method's name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether both are the same method.</summary>
    public static bool operator ==(SipMethod left, SipMethod right) => left.Equals(right);

    /// <summary>Whether the methods differ.</summary>
    public static bool operator !=(SipMethod left, SipMethod right) => !left.Equals(right);
}
