using System.Text;
using InitDsl.Tool;

// Tables and Greek letters come out right whatever the locale says; no byte order mark, which would end up in files.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

return InitDslCommand.Invoke(args);
