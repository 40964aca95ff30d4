namespace Rx.Sip.Registration;

/// <summary>What one attempt has come through; the next begins with nothing.</summary>
/// <param name="IsBriefTried">Whether a longer time was asked for already (423).</param>
/// <param name="Redirections">Redirections followed in a row.</param>
/// <param name="Walked">Servers tried in a row without a wait.</param>
internal readonly record struct AttemptTally(bool IsBriefTried, int Redirections, int Walked);
