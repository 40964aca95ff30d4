using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.InstantMessaging;

/// <summary>Writes MESSAGE requests (RFC 3428 §4) of one sender straight into their wire form; what does not change is rendered once.</summary>
/// <param name="from">The sender's From value without tag.</param>
/// <param name="userAgent">The User-Agent value; null for none.</param>
/// <param name="identifiers">Makes tags and Call-IDs.</param>
internal sealed class MessageWriter(NameAddress from, string? userAgent, SipIdentifiers identifiers)
{
    private readonly byte[] _from = Encoding.UTF8.GetBytes($"{from};tag=");
    private readonly byte[] _userAgent = Encoding.UTF8.GetBytes(Grammar.RequireOneLine(userAgent ?? "", nameof(userAgent)));

    public SipRequest Write(RealTimeAddress target, string contentType, ReadOnlySpan<byte> body)
    {
        var builder = new MessageBuilder(stackalloc byte[1024], stackalloc HeaderSlot[16]);
        var uri = Encoding.UTF8.GetBytes(target.Uri.ToString());
        builder.StartRequest(SipMethod.Message, uri);
        builder.BeginHeader(HeaderId.MaxForwards);
        builder.Append("70"u8);
        builder.EndHeader();
        builder.BeginHeader(HeaderId.From);
        builder.Append(_from);
        builder.Append(identifiers.Tag());
        builder.EndHeader();
        WriteTo(ref builder, target, uri);
        builder.Header(HeaderId.CallId, identifiers.CallId());
        builder.BeginHeader(HeaderId.CSeq);
        builder.Append("1 MESSAGE"u8);
        builder.EndHeader();
        if (_userAgent.Length > 0)
        {
            builder.BeginHeader(HeaderId.UserAgent);
            builder.Append(_userAgent);
            builder.EndHeader();
        }
        builder.Header(HeaderId.ContentType, contentType);
        return builder.FinishRequest(body);
    }

    private static void WriteTo(ref MessageBuilder builder, RealTimeAddress target, ReadOnlySpan<byte> uri)
    {
        builder.BeginHeader(HeaderId.To);
        if (target.DisplayName is { } name)
        {
            builder.Append(Grammar.RequireOneLine(Grammar.Quote(name), nameof(target)));
            builder.Append(" "u8);
        }
        builder.Append("<"u8);
        builder.Append(uri);
        builder.Append(">"u8);
        builder.EndHeader();
    }
}
