using System.Text.Json.Nodes;

namespace Rx.Sip.Tool.Values;

/// <summary>Values of an endpoint's state.</summary>
internal static class StateValue
{
    public static StreamValue Of(EndpointState state)
    {
        var members = new JsonObject { ["state"] = StreamValue.Case(state) };
        switch (state)
        {
            case EndpointState.Idle { Cause: { } cause }:
                members["cause"] = cause.ToString();
                break;
            case EndpointState.Established established:
                members["until"] = StreamValue.Instant(established.Until);
                break;
            case EndpointState.Reestablishing lost:
                members["cause"] = lost.Cause.ToString();
                members["attempt"] = lost.Attempt;
                members["nextAttempt"] = StreamValue.Instant(lost.NextAttempt);
                break;
            case EndpointState.Terminated end:
                members["reason"] = end.Reason.ToString();
                members["cause"] = end.Cause?.ToString();
                break;
        }
        return new StreamValue("state", members, state.ToString()!)
        {
            Colour = Colour(state),
            IsDetail = state is EndpointState.Idle { Cause: null } or EndpointState.Terminating,
        };
    }

    private static string Colour(EndpointState state) => state switch
    {
        EndpointState.Established => "green",
        EndpointState.Reestablishing or EndpointState.Idle { Cause: not null } => "yellow",
        EndpointState.Terminated { Cause: not null } => "red",
        _ => "grey",
    };
}
