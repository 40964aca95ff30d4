namespace Rx.Sip.Benchmarks.Micro;

/// <summary>Bodies as they go over the wire every day.</summary>
public enum BodySample
{
    /// <summary>The session description of an INVITE: 14 lines, four codecs.</summary>
    Sdp,

    /// <summary>A multipart of that session description and a location.</summary>
    Multipart,

    /// <summary>An instant message in CPIM.</summary>
    Cpim,
}
