using DiffSeg.Offline;

// Called by ../PackageDecision.targets: --house DIR --work DIR --wish LINE [--redo]
// What is to be said goes into the work folder, from where the hook says it as MSBuild does: notice.txt, problem.txt.
string Option(string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length
    ? args[at + 1]
    : throw new ArgumentException($"The option {name} is missing.");

string work = Directory.CreateDirectory(Option("--work")).FullName;
string problem;
try
{
    var house = new House(Option("--house"));
    var wish = Wish.Parse(Option("--wish"));
    string notice = Session.Run(house, wish, work, redo: args.Contains("--redo"));
    if (notice.Length > 0)
    {
        File.WriteAllText(Path.Combine(work, "notice.txt"), notice);
    }

    return 0;
}
catch (DecisionException exception)
{
    problem = exception.Message;
    if (exception.Details is not null)
    {
        Console.Error.WriteLine(exception.Details.TrimEnd());
    }
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    problem = $"{exception.Message} Nothing is decided. If the disk is full, free about 1 GB; if a file is in use, end the program that uses it; then build again.";
}

try
{
    File.WriteAllText(Path.Combine(work, "problem.txt"), problem.ReplaceLineEndings(" "));
}
catch (IOException)
{
    Console.Error.WriteLine(problem);
}
return 1;
