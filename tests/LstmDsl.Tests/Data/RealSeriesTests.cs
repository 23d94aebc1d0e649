namespace LstmDsl.Tests;

/// <summary>Real files from disk to windows, in a few lines.</summary>
public sealed class RealSeriesTests
{
    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    [Fact]
    public void Electricity_logged_in_UTC_is_hourly_by_the_clocks_of_its_users()
    {
        var demand = TimeSeries.ReadCsv(Data("vic_electricity-2012-autumn.csv"), time: "Time", values: [new("Demand", "MW"), new("Temperature", "°C"), "Holiday"], zone: "Australia/Melbourne")
            .Resample(TimeStep.Hours(1));
        var (train, _, _) = demand.Split(0.6, 0.2).Standardize(except: ["Holiday"]).Windows(timesteps: 48, targets: ["Demand"]);

        Assert.Equal("""
            vic_electricity-2012-autumn.csv: 529 rows, step 1 hour, 2012-03-25 00:00+11:00 to 2012-04-15 23:00+10:00, zone Australia/Melbourne
              Demand: 3025 to 5766.8, mean 4388.1 MW
              Temperature: 8.425 to 27.95, mean 17.645 °C
              Holiday: 0 to 1, mean 0.090737
            """, demand.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal(Math.Floor(529 * 0.6) - 48, train.Count);
        Assert.Contains("MW at 2012-03-27 00:00+11:00", train.ToString(), StringComparison.Ordinal);
        var days = demand.Resample(TimeStep.Days(1));
        Assert.Equal((22, TimeSpan.FromHours(25)), (days.Count, days.TimeAt(8) - days.TimeAt(7)));
        // Good Friday and Easter Monday.
        Assert.Equal([0, 0, 1, 0, 0, 1, 0], days.Column("Holiday")[10..17]);
    }

    [Fact]
    public void Words_of_the_weather_become_categories()
    {
        var bikes = TimeSeries.ReadCsv(Data("bike_sharing-2011-01.csv"), time: "date_time", values: ["users", "weather", "temp"], timeFormat: "yyyy-MM-dd HH:mm:ss", categories: ["weather"]);
        var (train, validation, test) = bikes.Split(0.6, 0.2).Standardize(except: ["weather"]).Windows(timesteps: 24, targets: ["users"]);
        Assert.Equal(["clear", "mist", "rain"], bikes.Categories("weather"));
        Assert.Equal(744 - 24, train.Count + validation.Count + test.Count);
    }

    [Fact]
    public void One_of_several_series_of_a_file_is_picked_by_its_keys()
    {
        var trips = TimeSeries.ReadCsv(Data("australia_tourism-two-regions.csv"), time: "date_time", values: ["Trips"], where: [("Region", "Snowy Mountains"), ("Purpose", "Holiday")]);
        var (train, _, _) = trips.Split(0.7, 0.15).Standardize().Windows(timesteps: 8);
        Assert.Equal((80, "3 months", 56 - 8), (trips.Count, trips.Step, train.Count));
        Assert.Equal(101.1525199, trips[0, 0]);
        string Message(params (string, string)[] where) => Assert.ThrowsAny<Exception>(() => TimeSeries.ReadCsv(Data("australia_tourism-two-regions.csv"), "date_time", ["Trips"], where: where)).Message;
        Assert.Contains("line 82, column 1 ('date_time'): the time 1998-01-01 is that of line 2 too", Message(), StringComparison.Ordinal);
        Assert.Contains("where the file holds several series, pick one by where: [", Message(), StringComparison.Ordinal);
        Assert.Contains("no row has 'Sydney' in the column 'Region'; found there 'Adelaide', 'Snowy Mountains'.", Message(("Region", "Sydney")), StringComparison.Ordinal);
        Assert.Contains("no row has 'Fun' in the column 'Purpose' where 'Region' is 'Adelaide'; found there 'Business', 'Holiday', 'Other', 'Visiting'.", Message(("Region", "Adelaide"), ("Purpose", "Fun")), StringComparison.Ordinal);
        Assert.Contains("there is no column 'Town'", Message(("Town", "Sydney")), StringComparison.Ordinal);
        Assert.Contains("by the column 'Region' twice", Message(("Region", "Sydney"), ("Region", "Adelaide")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_weather_of_Seattle_has_a_unit_a_column()
    {
        var weather = TimeSeries.ReadCsv(Data("seattle-weather.csv"), time: "date", values: [new("temp_max", "°C"), new("wind", "m/s"), "weather"], categories: ["weather"]);
        var (train, _, _) = weather.Split(0.7, 0.15).Standardize(except: ["weather"]).Windows(timesteps: 20, targets: ["temp_max", "wind"]);
        Assert.Equal(["°C", "m/s", null], weather.Units);
        Assert.Equal(["drizzle", "rain", "sun", "snow", "fog"], weather.Categories("weather"));
        Assert.Equal((1_022 - 20, "°C", null), (train.Count, train.Pipeline!.Units[0], train.Pipeline.Unit));
    }
}
