#load "parts/deeper/inner.csx"

class Own(string message, Exception? cause) : Exception(message, cause);

async Task Later(int depth)
{
    await Task.Yield();
    Fail(depth);
}

switch (Args[0])
{
    case "plain":
        Fail(1);
        break;
    case "async":
        await Later(2);
        break;
    case "own":
        try { Fail(3); } catch (Exception cause) { throw new Own("mine", cause); }
        break;
    case "many":
        Task.WaitAll(Task.Run(() => Fail(4)), Task.Run(() => Fail(5)));
        break;
    case "native":
        ones(2, 3).reshape(4, 5);
        break;
    case "recursion":
        void Down(int n) { if (n == 0) Fail(6); else { Down(n - 1); Console.Write(""); } }
        Down(100);
        break;
    case "aggregate":
        throw new AggregateException("three models failed", new Exception("the first"));
    case "initialize":
        void Initialize() => Fail(7);
        Initialize();
        break;
}
