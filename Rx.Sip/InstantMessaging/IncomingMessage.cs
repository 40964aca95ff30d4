using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip.InstantMessaging;

/// <summary>A page-mode message that arrived (RFC 3428).</summary>
public sealed class IncomingMessage : IncomingRequest
{
    internal IncomingMessage(ServerTransaction transaction) : base(transaction)
    {
    }

    /// <summary>The body read as UTF-8.</summary>
    public string Text => field ??= Request.BodyText;

    /// <summary>The media type of the body; null when the sender does not name it, which means text/plain (RFC 3428 §5).</summary>
    public MediaType? ContentType => Request.ContentType;

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body => Request.Body;

    /// <summary>Sender and text.</summary>
    public override string ToString() => $"{From}: {Text}";
}
