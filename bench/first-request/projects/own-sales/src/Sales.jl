# Sums of a table of sales, with nothing but the standard libraries.
module Sales

using Dates

struct Sale
    region::String
    day::Date
    amount::Float64
end

function sale(line::AbstractString)
    region, day, amount = split(line, ',')
    return Sale(region, Date(day, dateformat"yyyy-mm-dd"), parse(Float64, amount))
end

"The table's text as a table of sums by region, the largest first."
function totals(text::String)
    sales = [sale(line) for line in Iterators.drop(eachline(IOBuffer(text)), 1)]
    sums = Dict{String,Tuple{Float64,Int}}()
    for (; region, amount) in sales
        total, count = get(sums, region, (0.0, 0))
        sums[region] = (total + amount, count + 1)
    end
    rows = sort!(collect(sums); by = last, rev = true)
    return join(("$region,$total,$count\n" for (region, (total, count)) in rows))
end

const EXAMPLE = "region,day,amount\n" * join(string("region", i % 5, ",2024-01-", lpad(i % 28 + 1, 2, '0'), ",", i / 4, "\n") for i in 1:200)

end
