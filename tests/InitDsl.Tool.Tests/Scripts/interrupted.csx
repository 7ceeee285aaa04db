// Says that it is in the middle of an apply, and goes on when Ctrl+C has been answered.
using System.Runtime.InteropServices;
using System.Threading;

class Waiting(Action then) : IProgress<ApplyProgress>
{
    public void Report(ApplyProgress now)
    {
        if (now.Path == "b.weight" && now.Fraction > 0.2) then();
    }
}

Thread answering = null;
var asked = new ManualResetEventSlim();
var own = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
{
    answering = Thread.CurrentThread;
    asked.Set();
});

var model = Sequential(("a", Linear(4, 2048)), ("b", Linear(2048, 2048)), ("c", Linear(2048, 3)));
Plan plan = All.Param("*", Zeros).Compile(model, seed: 1);
plan.Apply(1, new Waiting(() =>
{
    Console.WriteLine("now");
    asked.Wait();
    answering.Join();
}));
