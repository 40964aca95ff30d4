namespace Rx.Sip.Tool.Endpoints;

/// <summary>Why a stay ended.</summary>
internal enum Ending
{
    /// <summary>The messages that were waited for are there.</summary>
    Enough,

    /// <summary>The time is up.</summary>
    TimeUp,

    /// <summary>Ctrl-C, or a signal to end.</summary>
    Interrupted,

    /// <summary>The server does not want the endpoint any more.</summary>
    Lost,
}
