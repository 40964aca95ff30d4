namespace Rx.Sip.Transports;

/// <summary>What a TCP transport has running: listeners and flows.</summary>
internal interface ITcpPart
{
    /// <summary>Done when nothing of the part runs any more.</summary>
    Task Ended { get; }

    void Start();

    /// <summary>Ends the part, soon: nobody waits for a peer.</summary>
    void Close();
}
