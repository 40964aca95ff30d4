using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>
/// What a request finds its transaction by, as octets (RFC 3261 §17.2.3): method, sent-by and branch; of an older client, whose
/// branch is not unique, method, Request-URI, From, Call-ID, CSeq number and the whole Via.
/// </summary>
internal static class ServerKey
{
    /// <summary>Octets that are enough for the key of any ordinary request.</summary>
    public const int Room = 256;

    private static ReadOnlySpan<byte> Cookie => "z9hG4bK"u8;

    /// <summary>The key of the transaction of that method that the request belongs to, in <paramref name="room"/> if it is large enough.</summary>
    public static ReadOnlySpan<byte> Of(SipRequest request, SipMethod method, Span<byte> room)
    {
        ViaSyntax.TryReadTop(request.Frame, out var via);
        var branch = via.Branch;
        if (branch.Length <= Cookie.Length || !Ascii.EqualsIgnoreCase(branch[..Cookie.Length], Cookie))
            return Older(request, method, room);
        var length = method.Name.Length + 1 + via.SentBy.Length + 1 + branch.Length;
        var key = length <= room.Length ? room[..length] : new byte[length];
        var end = Begin(key, method);
        foreach (var octet in via.SentBy)
            key[end++] = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
        key[end] = 0;
        branch.CopyTo(key[(end + 1)..]);
        return key;
    }

    private static ReadOnlySpan<byte> Older(SipRequest request, SipMethod method, Span<byte> room)
    {
        var frame = request.Frame;
        frame.TryFind(HeaderId.Via, out var via);
        frame.TryFind(HeaderId.From, out var from);
        frame.TryFind(HeaderId.CallId, out var callId);
        frame.TryFind(HeaderId.CSeq, out var sequence);
        sequence = sequence[..Math.Max(0, sequence.IndexOfAny((byte)' ', (byte)'\t'))];
        var uri = request.RequestUriOctets;
        var length = method.Name.Length + via.Length + from.Length + callId.Length + sequence.Length + uri.Length + 6;
        var key = length <= room.Length ? room[..length] : new byte[length];
        var end = Begin(key, method);
        // No sent-by is empty, so this is no key of the other kind.
        key[end++] = 0;
        Add(key, ref end, uri);
        Add(key, ref end, from);
        Add(key, ref end, callId);
        Add(key, ref end, sequence);
        via.CopyTo(key[end..]);
        return key;
    }

    private static int Begin(Span<byte> key, SipMethod method)
    {
        var end = Encoding.UTF8.GetBytes(method.Name, key);
        key[end] = 0;
        return end + 1;
    }

    // No header value holds a NUL.
    private static void Add(Span<byte> key, ref int end, ReadOnlySpan<byte> part)
    {
        part.CopyTo(key[end..]);
        end += part.Length;
        key[end++] = 0;
    }
}
