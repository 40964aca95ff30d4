// Two users at a registrar: what becomes of them, a pipeline over their messages, a connection that breaks and comes back.
module QuickStart.Program

open System
open System.Net
open System.Reactive.Linq
open System.Reactive.Threading.Tasks
open FSharp.Control.Reactive
open Rx.Sip
open Rx.Sip.InstantMessaging
open Rx.Sip.Registration
open Rx.Sip.Testing

let private patience = TimeSpan.FromSeconds 5.0

let private user (platform: CollaborationPlatform) (tcp: IPEndPoint) name =
    new UserEndpoint(
        platform,
        UserEndpointSettings(
            $"sip:{name}@example.test",
            string tcp.Address,
            tcp.Port,
            Credential = NetworkCredential(name, "secret"),
            Recovery = RecoveryPolicy.Backoff(TimeSpan.FromSeconds 1.0, TimeSpan.FromSeconds 10.0)
        )
    )

let private describe (state: EndpointState) =
    match state with
    | :? EndpointState.Established as e -> $"registered until {e.Until:``HH:mm:ss``}"
    | :? EndpointState.Reestablishing as r -> $"lost: {r.Cause}, next try at {r.NextAttempt:``HH:mm:ss``}"
    | other -> string other

let private isEstablished (state: EndpointState) = state :? EndpointState.Established

let private (|Alarm|_|) (message: IncomingMessage) =
    if message.Text.StartsWith("alarm:", StringComparison.Ordinal) then
        Some(message.Text.Substring(6).Trim())
    else
        None

/// Of all messages the alarms, by sender, until half a second passes without one; each burst is answered once.
let private sumUp (endpoint: UserEndpoint) =
    endpoint.Messages
    |> Observable.choose (fun message ->
        match message with
        | Alarm what -> Some(message.From, what)
        | _ -> None)
    |> Observable.groupByUntil fst (Observable.throttle (TimeSpan.FromSeconds 0.5))
    |> Observable.flatmap (fun alarms -> alarms |> Observable.toList |> Observable.map (fun burst -> alarms.Key, burst))
    |> Observable.flatmap (fun (sender, burst) ->
        endpoint.SendMessage(sender, $"{burst.Count} alarms, the last one is {snd burst[burst.Count - 1]}"))

/// The next time the endpoint is established after having been lost.
let private recovery (endpoint: UserEndpoint) =
    endpoint.State
    |> Observable.skipWhile isEstablished
    |> Observable.filter isEstablished
    |> Observable.take 1
    |> Observable.timeoutSpan (patience * 2.0)
    |> _.ToTask()

let private run () =
    task {
        use server =
            EmbeddedServer.Start(
                EmbeddedServerSettings("example.test").WithUser("alice", "secret").WithUser("bob", "secret")
            )

        let tcp = server.EndPoint SipTransportType.Tcp

        use platform =
            new CollaborationPlatform(ClientPlatformSettings("QuickStart/1.0", SipTransportType.Tcp))

        do! platform.StartupAsync()
        use alice = user platform tcp "alice"
        use bob = user platform tcp "bob"

        use _ =
            Observable.merge
                (alice.State |> Observable.map (fun state -> $"alice   {describe state}"))
                (bob.State |> Observable.map (fun state -> $"bob     {describe state}"))
            |> Observable.subscribe Console.WriteLine

        use _ =
            alice.Messages
            |> Observable.subscribe (fun message -> printfn $"alice   <- {message.Text}")

        use _ = sumUp bob |> Observable.subscribe ignore

        do! alice.EstablishAsync()
        do! bob.EstablishAsync()

        // Alice sends the texts, and waits for bob's summary of them.
        let raiseAlarms (summary: string) texts =
            task {
                let answer =
                    alice.Messages
                    |> Observable.filter (fun message -> message.Text = summary)
                    |> Observable.take 1
                    |> Observable.timeoutSpan patience
                    |> _.ToTask()

                for text: string in texts do
                    let! response = alice.SendMessageAsync(bob.Address, text)
                    printfn $"alice   -> {text}: {response}"

                let! _ = answer
                return ()
            }

        do! raiseAlarms "2 alarms, the last one is smoke" [ "alarm: heat"; "just chatting"; "alarm: smoke" ]

        // Every connection breaks. Nobody has to do anything about it.
        let recovered = [ recovery alice; recovery bob ]
        printfn "        -- the server drops its connections --"
        server.DropConnections()

        for endpoint in recovered do
            let! _ = endpoint
            ()

        do! raiseAlarms "1 alarms, the last one is water" [ "alarm: water" ]

        do! platform.ShutdownAsync()

        printfn
            "        %s"
            (if server.Bindings.Count = 0 then
                 "all went well"
             else
                 "somebody is still registered")

        return server.Bindings.Count
    }

[<EntryPoint>]
let main _ = run().GetAwaiter().GetResult()
