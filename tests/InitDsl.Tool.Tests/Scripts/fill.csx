// The types of the script are those of the host: what InitDsl fills is what TorchSharp made.
var model = Sequential(("fc", Linear(3, 2)));
Report report = model.Initialize(When<Linear>().Weight(Ones).Bias(Const(0.5)), seed: 1);
Console.WriteLine($"{report.Entries.Count} {model.call(ones(1, 3))[0, 0].item<float>()}");
