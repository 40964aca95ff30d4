using System.Buffers;

namespace Rx.Sip.Messages;

/// <summary><c>host[:port]</c> as slices (RFC 3261 §25.1), IPv6 references included (RFC 5954).</summary>
internal readonly ref struct HostPort
{
    private static readonly SearchValues<byte> Name =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"u8);

    // No check of the groups: RFC 5118 §4.10 wants a surplus colon of RFC 3261's own grammar tolerated.
    private static readonly SearchValues<byte> Address = SearchValues.Create("abcdefABCDEF0123456789:."u8);

    /// <summary>The host, an IPv6 address in its brackets.</summary>
    public ReadOnlySpan<byte> Host { get; private init; }

    /// <summary>The port; -1 when none is written.</summary>
    public int Port { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> text, out HostPort hostPort)
    {
        hostPort = default;
        // Nearly always: a name or an address of version 4, and perhaps a port, without white space.
        var name = 0;
        while (name < text.Length && Name.Contains(text[name]))
            name++;
        if (name > 0 && name == text.Length)
        {
            hostPort = new HostPort { Host = text, Port = -1 };
            return true;
        }
        if (name > 0 && text[name] == ':' && Grammar.TryNumber(text[(name + 1)..], ushort.MaxValue, out var usual))
        {
            hostPort = new HostPort { Host = text[..name], Port = (int)usual };
            return true;
        }
        return TryReadUnusual(text, out hostPort);
    }

    private static bool TryReadUnusual(ReadOnlySpan<byte> text, out HostPort hostPort)
    {
        hostPort = default;
        text = Grammar.Trim(text);
        var bracketed = text is [(byte)'[', ..];
        var end = bracketed ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        var host = end < 0 ? text : Grammar.Trim(text[..end]);
        if (bracketed ? end <= 2 || host[1..^1].ContainsAnyExcept(Address) : host.IsEmpty || host.ContainsAnyExcept(Name))
            return false;
        var rest = end < 0 ? default : Grammar.Trim(text[end..]);
        var port = -1;
        if (!rest.IsEmpty)
        {
            if (rest[0] != ':' || !Grammar.TryNumber(Grammar.Trim(rest[1..]), ushort.MaxValue, out var number))
                return false;
            port = (int)number;
        }
        hostPort = new HostPort { Host = host, Port = port };
        return true;
    }
}
