using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.InstantMessaging;

/// <summary>A MESSAGE to be written.</summary>
internal sealed class MessageDraft : RequestDraft
{
    private const int Fixed = 256;
    private const int MostOfLetter = 3;

    private readonly MessageWriter _writer;
    private readonly RealTimeAddress _target;
    private readonly string _contentType;
    // Text, or octets of the draft's own.
    private readonly object _body;
    private readonly ulong _tag;
    private readonly (ulong First, ulong Second) _callId;

    /// <exception cref="FormatException">Content-Type or the name of the target hold a line end.</exception>
    public MessageDraft(MessageWriter writer, RealTimeAddress target, string contentType, object body, SipIdentifiers identifiers)
    {
        (_writer, _target, _contentType, _body) = (writer, target, Grammar.RequireOneLine(contentType, nameof(contentType)), body);
        if (target.DisplayName is { } name)
            Grammar.RequireOneLine(Grammar.Quote(name), nameof(target));
        _tag = identifiers.Next();
        _callId = (identifiers.Next(), identifiers.Next());
    }

    public override SipMethod Method => SipMethod.Message;

    public override bool IsSecure => _target.Uri.IsSecure;

    public override int LengthAtMost =>
        Fixed + _writer.Octets + MostOfLetter * (2 * _target.Uri.ToString().Length + 2 * (_target.DisplayName?.Length ?? 0) + _contentType.Length)
        + (_body is string text ? MostOfLetter * text.Length : ((byte[])_body).Length);

    public override SipRequest Write(ReadOnlySpan<byte> via)
    {
        var builder = new MessageBuilder(stackalloc byte[1024], stackalloc HeaderSlot[16]);
        builder.StartRequest(SipMethod.Message, _target.Uri.ToString());
        if (!via.IsEmpty)
        {
            builder.BeginHeader(HeaderId.Via);
            builder.Append(via);
            builder.EndHeader();
        }
        builder.BeginHeader(HeaderId.MaxForwards);
        builder.Append("70"u8);
        builder.EndHeader();
        WriteFrom(ref builder);
        WriteTo(ref builder);
        WriteCallId(ref builder);
        builder.BeginHeader(HeaderId.CSeq);
        builder.Append("1 MESSAGE"u8);
        builder.EndHeader();
        _writer.WriteUserAgent(ref builder);
        builder.Header(HeaderId.ContentType, _contentType);
        return _body is string text ? builder.FinishRequest(text) : builder.FinishRequest((byte[])_body);
    }

    private void WriteFrom(ref MessageBuilder builder)
    {
        Span<byte> tag = stackalloc byte[SipIdentifiers.LettersOfDraw];
        SipIdentifiers.Write(_tag, tag);
        builder.BeginHeader(HeaderId.From);
        builder.Append(_writer.From);
        builder.Append(tag);
        builder.EndHeader();
    }

    private void WriteTo(ref MessageBuilder builder)
    {
        builder.BeginHeader(HeaderId.To);
        if (_target.DisplayName is { } name)
        {
            builder.Append(Grammar.Quote(name));
            builder.Append(" "u8);
        }
        builder.Append("<"u8);
        builder.Append(_target.Uri.ToString());
        builder.Append(">"u8);
        builder.EndHeader();
    }

    private void WriteCallId(ref MessageBuilder builder)
    {
        Span<byte> callId = stackalloc byte[2 * SipIdentifiers.LettersOfDraw];
        SipIdentifiers.Write(_callId.First, callId);
        SipIdentifiers.Write(_callId.Second, callId[SipIdentifiers.LettersOfDraw..]);
        builder.BeginHeader(HeaderId.CallId);
        builder.Append(callId);
        builder.EndHeader();
    }
}
