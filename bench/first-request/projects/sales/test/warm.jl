import Sales
print(Sales.totals(Sales.EXAMPLE))
