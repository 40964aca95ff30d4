using Rx.Sip.Messages;
using Rx.Sip.Tests.Messages.Headers;

namespace Rx.Sip.Tests.Messages;

/// <summary>Asks a message for everything it can be asked for.</summary>
internal static class Everything
{
    public static void Of(SipMessage message)
    {
        foreach (var property in message.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(message);
            if (value is System.Collections.IEnumerable list)
                foreach (var item in list)
                    _ = item?.ToString();
            _ = (value?.ToString(), value?.GetHashCode());
        }
        foreach (var (name, _) in message.Headers)
            _ = (message.Headers.Get(name), message.Headers.GetAll(name).Count, message.Headers.Contains(name));
        foreach (var probe in FieldProbe.All.Values)
            _ = (string.Join('\n', probe.Get(message)), message.ReadingOf(probe.Field));
        _ = (message.ToString(), message.ToWireString());
        if (message is SipRequest request)
            Of(request);
        else
            _ = MessageCheck.IsUsable((SipResponse)message);
    }

    private static void Of(SipRequest request)
    {
        _ = (MessageCheck.Of(request), MessageCheck.IsAnswerable(request));
        _ = SipResponse.For(request, 200, null, "tag").Bytes;
        _ = request.WithFirstHeader("Via", "SIP/2.0/UDP h").WithoutFirstValue("Via").WithoutHeader("Subject").WithHeader("X", "y").Bytes;
        foreach (var (name, _) in request.Headers)
            _ = request.WithoutFirstValue(name);
    }
}
