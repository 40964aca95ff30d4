printfn "Rx.Sip"
