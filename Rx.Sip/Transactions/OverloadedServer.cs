using System.Net;

namespace Rx.Sip.Transactions;

/// <summary>A server that asks for less than we would send (RFC 7339).</summary>
/// <param name="Server">Its address and port: what the control is for (RFC 7339 §5.4).</param>
/// <param name="Algorithm">How it wants less.</param>
/// <param name="Value">With <see cref="OverloadAlgorithm.Loss"/> the percentage that is not sent, with <see cref="OverloadAlgorithm.Rate"/> the requests per second that may be.</param>
public sealed record OverloadedServer(IPEndPoint Server, OverloadAlgorithm Algorithm, int Value)
{
    /// <summary>For example <c>192.0.2.1:5060 wants 20 % less</c>.</summary>
    public override string ToString() =>
        Algorithm == OverloadAlgorithm.Loss ? $"{Server} wants {Value} % less" : $"{Server} takes {Value} requests a second";
}
