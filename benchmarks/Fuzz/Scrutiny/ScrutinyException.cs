namespace Rx.Sip.Benchmarks.Fuzz.Scrutiny;

/// <summary>Something holds not for an input that holds for all.</summary>
internal sealed class ScrutinyException(string message) : Exception(message);
