using System.Text.Json.Nodes;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool.Values;

/// <summary>Targets of a list.</summary>
internal static class TargetValue
{
    public static StreamValue Of(SipTarget target, int place, TimeSpan timeToLive)
    {
        var transport = target.Transport.ToString().ToLowerInvariant();
        // Of what is no name nothing runs out.
        var members = new JsonObject
        {
            ["place"] = place,
            ["transport"] = transport,
            ["address"] = target.EndPoint.Address.ToString(),
            ["port"] = target.EndPoint.Port,
            ["host"] = target.Host,
            ["seconds"] = timeToLive == TimeSpan.MaxValue ? null : Math.Ceiling(timeToLive.TotalSeconds),
        };
        return new StreamValue("targets", members, $"{(place == 1 ? "First" : "Then")} {target.EndPoint} over {transport.ToUpperInvariant()}{(place == 1 ? Holds(timeToLive) : "")}.");
    }

    private static string Holds(TimeSpan time) => time == TimeSpan.MaxValue ? "" : $" (known for {Math.Ceiling(time.TotalSeconds)} s)";
}
