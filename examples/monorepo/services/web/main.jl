import Web

print(Web.page())
