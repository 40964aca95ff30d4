namespace Rx.Sip;

/// <summary>Whether the endpoint answers what the application leaves unanswered.</summary>
public enum AutoRespond
{
    /// <summary>
    /// A message that no observer answered or deferred when its <c>OnNext</c> returned is answered 200; one that nobody
    /// observes 480; one whose observer threw 500. Other requests are never accepted like this: OPTIONS is answered 200, the rest 405.
    /// </summary>
    Always,

    /// <summary>Every answer is the application's. What is unanswered for 32 seconds ends without one, and a counter says so.</summary>
    Never,
}
