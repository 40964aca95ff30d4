using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip.Testing.Server;

/// <summary>Writes into responses what the server asks of its clients (RFC 7339 §5.2), each time with the next sequence number.</summary>
internal sealed class OverloadVoice
{
    private ServerOverload? _wish;
    private long _sequence;

    /// <summary>What is asked for; null: the server knows nothing of overload control.</summary>
    public ServerOverload? Wish
    {
        get => Volatile.Read(ref _wish);
        set => Volatile.Write(ref _wish, value);
    }

    /// <summary>The response with the server's wish in its topmost Via, if the client offered that algorithm.</summary>
    public SipResponse Speak(SipResponse response)
    {
        if (Wish is not { } wish || response.Vias is not [var top, ..] || !Offers(top, NameOf(wish.Algorithm)))
            return response;
        var parameters = top.Parameters
            .With("oc", Number(wish.Value))
            .With("oc-algo", $"\"{NameOf(wish.Algorithm)}\"")
            .With("oc-validity", Number((long)wish.Validity.TotalMilliseconds))
            .With("oc-seq", $"{Number(Interlocked.Increment(ref _sequence))}.0");
        return response.WithTopVia(top with { Parameters = parameters });
    }

    // RFC 7339 §4.2: the server chooses among what the client has.
    private static bool Offers(Via via, string algorithm) =>
        via.Parameters.Contains("oc") && via.Parameters.Get("oc-algo")?.Split(',', StringSplitOptions.TrimEntries).Contains(algorithm) == true;

    private static string NameOf(OverloadAlgorithm algorithm) => algorithm == OverloadAlgorithm.Rate ? "rate" : "loss";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
