namespace Rx.Sip.Messages.Headers;

/// <summary>What a message has of a header: see <see cref="SipMessage.ReadingOf"/>.</summary>
public enum HeaderReading
{
    /// <summary>There is no such header.</summary>
    Missing,

    /// <summary>It is there, but it, or an element of its list, is not written as its RFC wants it.</summary>
    Unreadable,

    /// <summary>It is there and all of it can be read.</summary>
    Readable,
}
