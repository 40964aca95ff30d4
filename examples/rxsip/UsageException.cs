namespace Rx.Sip.Tool;

/// <summary>The command line asks for what can't be; the message is a sentence that says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
