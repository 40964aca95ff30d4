namespace Rx.Sip.Tool;

/// <summary>What the tool ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The protocol said no: refused, unreachable, malformed.</summary>
    public const int Refused = 1;

    /// <summary>The command line can't be understood, or names what is not there.</summary>
    public const int WrongUsage = 2;
}
