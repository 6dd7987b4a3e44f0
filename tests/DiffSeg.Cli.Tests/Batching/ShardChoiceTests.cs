using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.Evaluating.Asking;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>Which part a process does, by option and scheduler.</summary>
public class ShardChoiceTests
{
    private readonly Dictionary<string, string> _variables = [];

    [Fact]
    public void Without_a_word_everything_is_done() =>
        Assert.Equal(new ShardChoice(Shard.Whole, "everything"), Choose());

    [Theory]
    [InlineData("7", "7", "10", "1", "4", "1/4")] // --array=7-10
    [InlineData("10", "7", "10", "1", "4", "4/4")]
    [InlineData("4", "0", "6", "2", "4", "3/4")] // --array=0-6:2
    [InlineData("3", "3", "3", "", "1", "1/1")]
    public void Slurm_array_without_gaps_is_the_parts(string id, string min, string max, string step, string count, string expected)
    {
        Slurm(id, min, max, step, count);
        Assert.Equal(expected, Choose().Shard.ToString());
    }

    [Theory]
    [InlineData("3", "0", "7", "1", "3")] // --array=0,3,7
    [InlineData("3", "0", "6", "2", "4")]
    public void Slurm_array_with_gaps_says_nothing(string id, string min, string max, string step, string count)
    {
        Slurm(id, min, max, step, count);
        Assert.Contains("have gaps", Assert.Throws<SetupException>(() => Choose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slurm_task_that_is_sent_again_alone_keeps_its_part()
    {
        Slurm("5", "5", "5", "1", "1");
        Assert.Equal("6/8", Choose(shards: 8).Shard.ToString());
        _variables[ShardChoice.CountVariable] = "9";
        Assert.Equal("6/9", Choose().Shard.ToString());
        Assert.Contains("numbered from 0 to 4", Assert.Throws<SetupException>(() => Choose(shards: 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kubernetes_tells_the_number_and_not_how_many()
    {
        _variables["JOB_COMPLETION_INDEX"] = "2";
        Assert.Equal(new ShardChoice(new Shard(3, 5), "JOB_COMPLETION_INDEX=2 of --shards 5"), Choose(shards: 5));
        Assert.Contains(ShardChoice.CountVariable, Assert.Throws<SetupException>(() => Choose()).Message, StringComparison.Ordinal);
        _variables["JOB_COMPLETION_INDEX"] = "x";
        Assert.Contains("JOB_COMPLETION_INDEX must be a whole number, not 'x'", Assert.Throws<SetupException>(() => Choose(shards: 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_task_is_a_part_where_parts_are_asked_for()
    {
        _variables["AZ_BATCH_TASK_ID"] = "score-0007";
        Assert.Equal(new ShardChoice(Shard.Whole, "everything"), Choose());
        Assert.Equal("8/10", Choose(shards: 10).Shard.ToString());
        _variables["AZ_BATCH_TASK_ID"] = "score";
        Assert.Contains("must end in the task's number", Assert.Throws<SetupException>(() => Choose(shards: 10)).Message, StringComparison.Ordinal);
        _variables[ShardChoice.PartVariable] = "2/10";
        Assert.Equal("2/10", Choose(shards: 10).Shard.ToString());
    }

    [Fact]
    public void Option_wins_and_two_schedulers_are_one_too_many()
    {
        Slurm("1", "0", "3", "1", "4");
        _variables[ShardChoice.PartVariable] = "1/2";
        string said = Assert.Throws<SetupException>(() => Choose()).Message;
        Assert.Contains("DIFFSEG_SHARD (1/2); SLURM_ARRAY_TASK_ID=1 of SLURM_ARRAY_TASK_COUNT=4 (2/4). Say which by --shard.", said, StringComparison.Ordinal);
        Assert.Equal(new ShardChoice(new Shard(3, 3), "--shard"), Choose(new Shard(3, 3)));
    }

    [Theory]
    [InlineData(ShardChoice.PartVariable, "4", "must be a part such as 2/4")]
    [InlineData(ShardChoice.CountVariable, "many", "must be a number of parts from 1 to 9999, not 'many'")]
    [InlineData(ShardChoice.CountVariable, "4", "nothing says which one this is")]
    public void Nonsense_is_refused(string variable, string value, string part)
    {
        _variables[variable] = value;
        Assert.Contains(part, Assert.Throws<SetupException>(() => Choose()).Message, StringComparison.Ordinal);
    }

    private ShardChoice Choose(Shard? option = null, int? shards = null) => ShardChoice.Of(option, shards, _variables.GetValueOrDefault);

    private void Slurm(string id, string min, string max, string step, string count)
    {
        _variables["SLURM_ARRAY_TASK_ID"] = id;
        _variables["SLURM_ARRAY_TASK_MIN"] = min;
        _variables["SLURM_ARRAY_TASK_MAX"] = max;
        _variables["SLURM_ARRAY_TASK_STEP"] = step;
        _variables["SLURM_ARRAY_TASK_COUNT"] = count;
    }
}
