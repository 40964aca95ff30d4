using System.Text.Json.Nodes;
using Rx.Sip.Registration;

namespace Rx.Sip.Tool.Values;

/// <summary>Values of an endpoint's registration.</summary>
internal static class RegistrationValue
{
    public static StreamValue Of(RegistrationState state)
    {
        var members = new JsonObject { ["state"] = StreamValue.Case(state) };
        switch (state)
        {
            case RegistrationState.Unregistered { Cause: { } cause }:
                members["cause"] = cause.ToString();
                break;
            case RegistrationState.Registering registering:
                members["attempt"] = registering.Attempt;
                break;
            case RegistrationState.Registered registered:
                Add(members, registered.Binding, registered.Until);
                break;
            case RegistrationState.Refreshing refreshing:
                Add(members, refreshing.Binding, refreshing.Until);
                break;
            case RegistrationState.WaitingForRetry waiting:
                members["cause"] = waiting.Cause.ToString();
                members["attempt"] = waiting.Attempt;
                members["due"] = waiting.Due == DateTimeOffset.MaxValue ? null : StreamValue.Instant(waiting.Due);
                members["until"] = StreamValue.Instant(waiting.Until);
                break;
        }
        return new StreamValue("registration", members, state.ToString()!)
        {
            Colour = "grey",
            IsDetail = state is not (RegistrationState.Registered or RegistrationState.WaitingForRetry),
        };
    }

    private static void Add(JsonObject members, Binding binding, DateTimeOffset until)
    {
        members["aor"] = binding.Aor.ToString();
        members["contact"] = binding.Contact.Uri.ToString();
        members["granted"] = (long)binding.Granted.TotalSeconds;
        members["until"] = StreamValue.Instant(until);
    }
}
