namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>A rule of offer and answer that is not kept (RFC 3264).</summary>
/// <param name="Media">The position of the medium it concerns, from 0; null when it concerns the session.</param>
/// <param name="Problem">What is wrong, as a sentence without a full stop.</param>
public sealed record SdpMismatch(int? Media, string Problem)
{
    /// <summary>What is wrong, and where.</summary>
    public override string ToString() => Media is { } position ? $"{Problem} (medium {position})" : Problem;
}
