using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Reads one header value from its octets, white space around it taken off; false when it is not such a value.</summary>
internal delegate bool HeaderReader<T>(ReadOnlySpan<byte> text, [NotNullWhen(true)] out T? value);
