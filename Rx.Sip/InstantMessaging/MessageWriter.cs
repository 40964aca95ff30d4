using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.InstantMessaging;

/// <summary>Makes MESSAGE requests (RFC 3428 §4) of one sender, written straight into their wire form; what does not change is rendered once.</summary>
/// <param name="from">The sender's From value without tag.</param>
/// <param name="userAgent">The User-Agent value; null for none.</param>
/// <param name="identifiers">Makes tags and Call-IDs.</param>
internal sealed class MessageWriter(NameAddress from, string? userAgent, SipIdentifiers identifiers)
{
    private const string PlainText = "text/plain;charset=UTF-8";

    private readonly byte[] _from = Encoding.UTF8.GetBytes($"{from};tag=");
    private readonly byte[] _userAgent = Encoding.UTF8.GetBytes(Grammar.RequireOneLine(userAgent ?? "", nameof(userAgent)));

    /// <summary>From without the tag's text.</summary>
    public ReadOnlySpan<byte> From => _from;

    /// <summary>The octets of what does not change.</summary>
    public int Octets => _from.Length + _userAgent.Length;

    /// <summary>A message of text.</summary>
    public SipRequest Write(RealTimeAddress target, string text) => new(new MessageDraft(this, target, PlainText, text, identifiers));

    /// <summary>A message of any type. The octets are the caller's again when this returns.</summary>
    public SipRequest Write(RealTimeAddress target, string contentType, ReadOnlySpan<byte> body) =>
        new(new MessageDraft(this, target, contentType, body.ToArray(), identifiers));

    public void WriteUserAgent(ref MessageBuilder builder)
    {
        if (_userAgent.Length == 0)
            return;
        builder.BeginHeader(HeaderId.UserAgent);
        builder.Append(_userAgent);
        builder.EndHeader();
    }
}
