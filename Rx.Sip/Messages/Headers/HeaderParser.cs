using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>
/// Reads the text of one header value, white space around it taken off; false when it is not such a value. It is given what the
/// network sent, so it must not throw.
/// </summary>
/// <typeparam name="T">What the value is.</typeparam>
/// <param name="text">One value: of a list, one element.</param>
/// <param name="value">What was read.</param>
public delegate bool HeaderParser<T>(string text, [NotNullWhen(true)] out T? value);
