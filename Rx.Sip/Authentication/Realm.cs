namespace Rx.Sip.Authentication;

/// <summary>Who challenges: a realm, and whether as a proxy (407, Proxy-Authorization) or as the one addressed (401, Authorization).</summary>
/// <param name="Name">The realm as the server spells it.</param>
/// <param name="IsProxy">Whether it is a proxy's.</param>
internal readonly record struct Realm(string Name, bool IsProxy);
