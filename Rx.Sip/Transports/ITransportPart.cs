namespace Rx.Sip.Transports;

/// <summary>What a transport of connections has running: listeners and flows.</summary>
internal interface ITransportPart
{
    /// <summary>Done when nothing of the part runs any more.</summary>
    Task Ended { get; }

    void Start();

    /// <summary>Ends the part, soon: nobody waits for a peer.</summary>
    void Close();
}
