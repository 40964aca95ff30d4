using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>Chooses among the final responses of several devices, RFC 3261 §16.7 step 6.</summary>
internal static class BestResponse
{
    // Those of the 4xx class that tell the sender how to do better.
    private static readonly int[] Telling = [401, 407, 415, 420, 484];

    /// <summary>
    /// The response to pass on, challenges of others put into it (step 7); null when none may be: a timeout is not told to the
    /// sender of a request other than INVITE (RFC 4320 §4.2).
    /// </summary>
    public static SipResponse? Of(IReadOnlyList<SipResponse> responses)
    {
        var worthTelling = responses.Where(response => response.StatusCode != SipStatus.RequestTimeout).ToList();
        var best = worthTelling
            .OrderByDescending(response => response.StatusCode / 100 == 6)
            .ThenBy(response => response.StatusCode / 100)
            .ThenBy(response => response.StatusCode == SipStatus.ServiceUnavailable)
            .ThenByDescending(response => Telling.Contains(response.StatusCode))
            .FirstOrDefault();
        return best is { StatusCode: 401 or 407 } ? WithChallengesOf(best, worthTelling) : best;
    }

    private static SipResponse WithChallengesOf(SipResponse best, List<SipResponse> responses)
    {
        foreach (var other in responses.Where(other => other != best && other.StatusCode is 401 or 407))
            foreach (var name in (string[])["WWW-Authenticate", "Proxy-Authenticate"])
                foreach (var challenge in other.Headers.GetAll(name))
                    best = best.WithAddedHeader(name, challenge);
        return best;
    }
}
